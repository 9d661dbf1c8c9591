import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keyNames } from './keyNames.ts'

const names = keyNames({ names: Buffer.alloc(64, 9) })
const segment = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 60 })
  .filter((text) => text.isWellFormed() && !text.includes('/'))
const key = fc.array(segment, { minLength: 1, maxLength: 5 }).map((segments) => segments.join('/'))

describe('an encrypted name', () => {
  it('stands for one key, always the same, and says nothing of it', () => {
    fc.assert(
      fc.property(key, (plain) => {
        const name = names.encode(plain)
        expect(names.decode(name)).toBe(plain)
        expect(keyNames({ names: Buffer.alloc(64, 9) }).encode(plain)).toBe(name)
        expect(name).toMatch(/^[a-z2-7_/]+$|^\d{16}-[a-z2-7_/]+|\/\d{16}-/)
      }),
      { numRuns: 150 },
    )
  })

  it('begins with the name of its folder, so that a folder can be listed', () => {
    fc.assert(
      fc.property(key, segment, (folder, name) =>
        names.encode(`${folder}/${name}`).startsWith(`${names.encode(folder)}/`),
      ),
      { numRuns: 100 },
    )
  })

  it('fits into any file system and under any remote, however long what it stands for is', () => {
    for (const length of [1, 80, 109, 110, 143, 144, 200, 255]) {
      const plain = `0196f7a2-0000-7000-8000-000000000000/images/2026/11/${'ü'.repeat(length / 2)}x`
      const name = names.encode(plain)
      expect(names.decode(name)).toBe(plain)
      for (const part of name.split('/')) expect(part.length).toBeLessThanOrEqual(255)
      expect(name.length + 256).toBeLessThanOrEqual(1024)
    }
  })

  it('survives a disk that writes everything in capitals', () => {
    expect(names.decode(names.encode('images/2026/a picture.png').toUpperCase())).toBe('images/2026/a picture.png')
  })

  it('keeps a log in order', () => {
    const keys = [1, 2, 9, 10, 999, 1000, 123_456].map((seq) => `log/device/${String(seq).padStart(16, '0')}.jsonl.gz`)
    const encoded = keys.map((plain) => names.encode(plain))
    expect([...encoded].sort()).toEqual(encoded)
    expect(encoded.map((name) => names.decode(name))).toEqual(keys)
  })

  it('looks different in another folder, and is none when it was moved, changed or made up', () => {
    const [a, b] = [names.encode('a/same'), names.encode('b/same')]
    expect(a.split('/')[1]).not.toBe(b.split('/')[1])
    expect(names.decode(`${names.encode('b')}/${a.split('/')[1]}`)).toBeNull()
    expect(names.decode(`0000000000000002-${names.encode('0000000000000001.gz').slice(17)}`)).toBeNull()
    expect(keyNames({ names: Buffer.alloc(64, 1) }).decode(a)).toBeNull()
    fc.assert(
      fc.property(fc.string(), fc.string({ unit: fc.constantFrom(...'abcdefgh234567_/-01') }), (any, alike) => {
        expect(names.decode(any)).toBeNull()
        expect(names.decode(alike)).toBeNull()
      }),
    )
    expect(names.decode('encryption.json')).toBeNull()
    expect(names.decode('/'.repeat(4000))).toBeNull()
    expect(names.decode('a_/'.repeat(1300))).toBeNull()
  })
})
