import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assetTypeSchema } from '../../../shared/domain/asset.ts'
import { libraryIdSchema, sha256Schema } from '../../../shared/domain/ids.ts'
import { isSafePrefix, type KeyedAsset, libraryKey, originalKey, thumbnailKey } from './objectKeys.ts'

const owner = libraryIdSchema.parse('018f2b1e-7c3a-7000-8000-0123456789ab')
const sha256 = sha256Schema.parse('0123456789abcdef'.repeat(4))

const asset = (over: Partial<KeyedAsset> = {}): KeyedAsset => ({
  storagePath: 'originals/2026/11/red-fox.0123456789ab.png',
  assetType: 'image',
  fileName: 'Red fox.png',
  sha256,
  importedAt: Date.UTC(2026, 10, 21),
  ...over,
})

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  // Halves of surrogate pairs too.
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 300 }).map((units) => String.fromCharCode(...units)),
  fc.constantFrom('..', '.', '', '../../etc/passwd', 'CON', 'nul.png', 'a/b', 'a\\b', '\0', 'x'.repeat(2000)),
)
const anyAsset = fc.record({
  storagePath: fc.oneof(
    anyText,
    anyText.map((name) => `originals/2026/11/${name}`),
    anyText.map((name) => `originals/2026/11/${name}.0123456789ab.png`),
    anyText.map((name) => `/home/somebody/${name}`),
  ),
  assetType: fc.constantFrom(...assetTypeSchema.options),
  fileName: anyText,
  sha256: fc.constant(sha256),
  importedAt: fc.oneof(fc.integer(), fc.double({ noNaN: true })),
})

describe('the key of an original', () => {
  it('has the folder of its type and the rest of its path in originals', () => {
    expect(originalKey(owner, asset())).toBe(`${owner}/images/2026/11/red-fox.0123456789ab.png`)
    expect(originalKey(owner, asset({ assetType: 'video' }))).toBe(`${owner}/videos/2026/11/red-fox.0123456789ab.png`)
    expect(originalKey(owner, asset({ assetType: 'font' }))).toBe(`${owner}/documents/2026/11/red-fox.0123456789ab.png`)
  })

  it('is made of name, month and hash for a file that is linked in place', () => {
    const linked = asset({
      storagePath: '/home/somebody/Füchse am See!.JPG',
      fileName: 'Füchse am See!.JPG',
    })
    expect(originalKey(owner, linked)).toBe(`${owner}/images/2026/11/füchse-am-see.0123456789ab.jpg`)
  })

  it('keeps unicode of the stored name', () => {
    const stored = asset({ storagePath: 'originals/2026/01/日本語-🦊.0123456789ab.png' })
    expect(originalKey(owner, stored)).toBe(`${owner}/images/2026/01/日本語-🦊.0123456789ab.png`)
  })

  it('never leaves its folder, is short enough, valid UTF-8, and the same every time', () => {
    fc.assert(
      fc.property(anyAsset, (hostile) => {
        const key = originalKey(owner, hostile)
        expect(key).toMatch(/^[0-9a-f-]{36}\/(images|videos|audio|documents)\/\d{4}\/\d{2}\/[^/]+$/)
        expect(key.split('/').some((segment) => segment === '.' || segment === '..' || segment === '')).toBe(false)
        expect(key).not.toMatch(/[\p{Cc}\\]/u)
        expect(key.isWellFormed()).toBe(true)
        expect(Buffer.byteLength(key)).toBeLessThanOrEqual(1024 - 512 - 1)
        expect(key).toContain(sha256.slice(0, 12))
        expect(originalKey(owner, { ...hostile })).toBe(key)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('other keys', () => {
  it('name the thumbnail by the hash of the original, and the library once', () => {
    expect(thumbnailKey(owner, sha256)).toBe(`${owner}/thumbnails/01/${sha256}.webp`)
    expect(libraryKey(owner)).toBe(`${owner}/library.json`)
  })
})

describe('a prefix', () => {
  it.each(['', 'a', 'a/b c/ü'])('may be %j', (prefix) => expect(isSafePrefix(prefix)).toBe(true))
  it.each(['/', '/a', 'a/', 'a//b', '../a', 'a/..', 'a\\b', 'a\0', 'ü'.repeat(300)])('may not be %j', (prefix) =>
    expect(isSafePrefix(prefix)).toBe(false),
  )
})
