import { encode } from 'cborg'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readContentCredentials } from './c2pa.ts'
import { box, labelled, makeManifestStore, manifest } from './fixtures/makeManifestStore.ts'

describe('content credentials', () => {
  it('say who made the claim, by what, and that a model generated it', () => {
    expect(readContentCredentials(makeManifestStore())).toEqual({
      claimGenerator: 'ChatGPT',
      softwareAgents: ['OpenAI API', 'GPT-4o'],
      digitalSourceTypes: ['trainedAlgorithmicMedia'],
    })
  })

  it('name the program as a text, in a list, by index, or in a description', () => {
    const agents = (actions: object, claim: object = {}) =>
      readContentCredentials(labelled('c2pa', manifest('urn:uuid:1', claim, actions)))
    expect(
      agents({ actions: [{ softwareAgentIndex: 1 }], softwareAgents: [{ name: 'A' }, { name: 'B' }] })?.softwareAgents,
    ).toEqual(['B'])
    expect(agents({ actions: [{ description: 'Created by Google Generative AI.' }] })?.softwareAgents).toEqual([
      'Google Generative AI',
    ])
    expect(agents({ actions: [] }, { claim_generator_info: [{ name: 'Tool' }] })?.claimGenerator).toBe('Tool')
    expect(agents({ actions: [] }, { claim_generator: 'Maker/1.0' })?.claimGenerator).toBe('Maker/1.0')
    expect(agents({ actions: [] })?.claimGenerator).toBeNull()
  })

  it('are read from JSON and from tagged CBOR', () => {
    const json = JSON.stringify({ actions: [{ softwareAgent: 'Painter' }] })
    // Tag 0: a date as text.
    const date = Buffer.concat([
      Buffer.from([0xa2, 0x64]),
      Buffer.from('when'),
      Buffer.from([0xc0]),
      encode('2026-01-01'),
    ])
    const tagged = Buffer.concat([date, encode('claim_generator'), encode('Tool')])
    const store = labelled(
      'c2pa',
      labelled('m', labelled('c2pa.actions', box('json', json)), labelled('c2pa.claim', box('cbor', tagged))),
    )
    expect(readContentCredentials(store)).toMatchObject({ claimGenerator: 'Tool', softwareAgents: ['Painter'] })
  })

  it('are none in boxes of another kind', () => {
    expect(readContentCredentials(labelled('other', labelled('c2pa.claim', box('cbor', encode({})))))).toBeNull()
    expect(readContentCredentials(Buffer.alloc(0))).toBeNull()
  })

  it('are read or not, whatever the bytes are', () => {
    const store = makeManifestStore()
    const nested = Buffer.concat([Buffer.alloc(50_000, 0x81), Buffer.from([0])])
    expect(
      readContentCredentials(labelled('c2pa', labelled('m', labelled('c2pa.claim', box('cbor', nested)))))
        ?.claimGenerator,
    ).toBeNull()
    for (let length = 0; length < store.length; length += 1) readContentCredentials(store.subarray(0, length))
    fc.assert(
      fc.property(fc.nat(store.length - 1), fc.uint8Array({ minLength: 1, maxLength: 12 }), (at, bytes) => {
        const changed = Buffer.concat([store.subarray(0, at), bytes, store.subarray(at + bytes.length)])
        const found = readContentCredentials(changed)
        expect(found === null || Array.isArray(found.softwareAgents)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})
