import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exifBlock, metadataOf } from './fixtures/metadataBlocks.ts'
import { profileName } from './profileName.ts'

/** A profile that has nothing but its description. */
function profile(tag: Buffer): Buffer {
  const head = Buffer.alloc(128 + 4 + 12)
  head.writeUInt32BE(1, 128)
  head.write('desc', 132)
  head.writeUInt32BE(head.length, 136)
  head.writeUInt32BE(tag.length, 140)
  return Buffer.concat([head, tag])
}

const ascii = Buffer.concat([Buffer.from('desc\0\0\0\0\0\0\0\x0bDisplay P3\0', 'latin1'), Buffer.alloc(67)])
const name = Buffer.from('Display P3', 'utf16le').swap16()
const localized = Buffer.concat([
  Buffer.from('mluc\0\0\0\0\0\0\0\x01\0\0\0\x0cenUS\0\0\0\x14\0\0\0\x1c', 'latin1'),
  name,
])

describe('the name of a colour profile', () => {
  it('is ASCII in version 2, UTF-16 in version 4', () => {
    expect(profileName(profile(ascii))).toBe('Display P3')
    expect(profileName(profile(localized))).toBe('Display P3')
  })

  it('is told with a picture that has its profile in the main directory', () => {
    const exif = exifBlock({ main: { 34675: { undefined: profile(localized) } } })
    expect(metadataOf({ exif }).metadata).toEqual({ color_profile: 'Display P3' })
  })

  it('is none in bytes that are no profile', () => {
    for (const sound of [profile(ascii), profile(localized)]) {
      for (let length = 0; length < sound.length; length++) {
        expect(() => profileName(sound.subarray(0, length))).not.toThrow()
      }
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (random) => {
        const found = profileName(random)
        expect(found === null || found.length > 0).toBe(true)
      }),
      { numRuns: 100 },
    )
  })
})
