import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { generationRecordSchema } from '../../../shared/domain/generation.ts'
import type { CarrierText } from '../carriers/carriers.ts'
import { decodeUtf8OrLatin1 } from '../carriers/decodeText.ts'
import { png, read, text } from './fixtures/carriersOf.ts'
import { realisticPayloads } from './fixtures/realisticPayloads.ts'
import { parseLooseJson } from './looseJson.ts'

/** Whatever the texts are, the answer is none or a record that fits the schema and gives back the bytes. */
function expectSoundAnswer(...texts: CarrierText[]): void {
  const record = read(...texts)
  if (record === null) return
  generationRecordSchema.parse(record)
  for (const { encoding, data } of record.raw) {
    const bytes = Buffer.from(data, encoding)
    expect(texts.some((candidate) => bytes.equals(candidate.bytes))).toBe(true)
  }
}

const withText = (payload: CarrierText, value: string): CarrierText => text(payload.carrier, payload.key, value)

it('every kind of payload is one that is read', () => {
  for (const payload of realisticPayloads) expect([payload.key, read(payload)]).not.toEqual([payload.key, null])
})

describe('any text', () => {
  it('cut off at any length is read soundly', () => {
    for (const payload of realisticPayloads) {
      for (let length = 0; length < payload.text.length; length += 1) {
        expectSoundAnswer(withText(payload, payload.text.slice(0, length)))
      }
    }
  })

  it('of any bytes is read soundly', () => {
    const place = fc.constantFrom(...realisticPayloads)
    fc.assert(
      fc.property(place, fc.uint8Array({ maxLength: 200 }), ({ carrier, key }, bytes) => {
        expectSoundAnswer({ carrier, key, bytes, text: decodeUtf8OrLatin1(bytes) })
      }),
      { numRuns: 300 },
    )
  })

  it('with damage inside is read soundly', () => {
    const damage = fc.string({ unit: fc.constantFrom(...'"{}[],:\\\n 0-e', 'null', 'Steps: 1', '\0'), maxLength: 6 })
    fc.assert(
      fc.property(fc.constantFrom(...realisticPayloads), fc.nat(), fc.nat(20), damage, (payload, at, length, put) => {
        const start = at % payload.text.length
        expectSoundAnswer(withText(payload, payload.text.slice(0, start) + put + payload.text.slice(start + length)))
      }),
      { numRuns: 500 },
    )
  })

  it('beside any other is read soundly', () => {
    const some = fc.uniqueArray(fc.constantFrom(...realisticPayloads), { maxLength: 5 })
    fc.assert(fc.property(some, (payloads) => expectSoundAnswer(...payloads)))
  })
})

describe('JSON of a tool', () => {
  const objects = realisticPayloads.filter((payload) => payload.text.startsWith('{'))

  it('with members of any type is read soundly', () => {
    const value = fc.jsonValue({ maxDepth: 3 })
    fc.assert(
      fc.property(fc.constantFrom(...objects), fc.nat(), value, (payload, which, put) => {
        const object = JSON.parse(payload.text)
        replaceMember(object, which, put)
        expectSoundAnswer(withText(payload, JSON.stringify(object)))
      }),
      { numRuns: 500 },
    )
  })

  it('with any members that tools know is read soundly', () => {
    const names = [...new Set(objects.flatMap((payload) => memberNames(JSON.parse(payload.text))))]
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom('', '-1', '1e999', -1, 2 ** 60, '1x2', '(1, 2)'),
    )
    const object = fc.dictionary(fc.constantFrom(...names), value, { noNullPrototype: true })
    fc.assert(
      fc.property(fc.constantFrom(...objects), object, (payload, members) => {
        expectSoundAnswer(withText(payload, JSON.stringify(members)))
      }),
      { numRuns: 300 },
    )
  })
})

describe('a text made to be slow', () => {
  const settings = 'Steps: 20, Sampler: Euler, Seed: 1'
  const units = [
    '(',
    '"',
    '[',
    '{',
    '{"',
    '\\"',
    '\n',
    '\r',
    ',',
    ':',
    '猫',
    '\0',
    'Negative prompt:',
    'Negative prompt:\n',
    ' Steps: 1 ',
    '\nSteps: 1',
    `${settings}\n`,
    'a: "b", ',
    'a: "',
    'a: [',
    'a: {"',
    'a:',
    '\nTemplate: x',
    '<lora:',
    '<lora:a:1',
    '<lora:a:1>',
    '--v ',
    ' --ar 1:1',
    ' -s ',
    '[a]',
    '\\[',
    'Job ID:',
    '{"a":',
    '[[',
    '{"1":{"class_type":',
    '12345678-',
    '/',
  ]

  it.each(units)('of %j comes to an end', (unit) => {
    const body = unit.repeat(Math.ceil(100_000 / unit.length))
    expectSoundAnswer(png('parameters', `${settings}, ${body}`))
    expectSoundAnswer(png('parameters', `${body}\n${settings}`))
    expectSoundAnswer(
      text('exif', 'UserComment', body),
      png('Description', `${body} Job ID: x`),
      png('Dream', `"${body}" -s 1`),
    )
  })

  it('of one line of a megabyte comes to an end', () => {
    const words = 'masterpiece, best quality, Size: 1x1, '.repeat(27_000)
    expect(read(png('parameters', `${words}\n${settings}`))).toMatchObject({ seed: '1' })
    expect(read(png('parameters', `${words} ${settings}`))).toMatchObject({ seed: '1' })
    expect(read(png('parameters', words))).toBeNull()
  })

  it('of more than a text of parameters can have is none', () => {
    expect(read(png('parameters', `${'\n'.repeat(3_000_000)}${settings}`))).toBeNull()
  })
})

/** Sets one member, counted through all objects and lists. */
function replaceMember(value: object, which: number, put: unknown): void {
  const places = memberPlaces(value)
  const place = places[which % Math.max(1, places.length)]
  if (place !== undefined) Reflect.set(place.object, place.name, put)
}

function memberPlaces(value: object): readonly { object: object; name: string }[] {
  return Object.entries(value).flatMap(([name, inner]) => [
    { object: value, name },
    ...(typeof inner === 'object' && inner !== null ? memberPlaces(inner) : []),
  ])
}

function memberNames(value: object): readonly string[] {
  const inner = Object.values(value).map((item) => (typeof item === 'string' ? parseLooseJson(item) : item))
  const nested = inner.filter((item): item is object => typeof item === 'object' && item !== null).flatMap(memberNames)
  return [...Object.keys(value), ...nested]
}
