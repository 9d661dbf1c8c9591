import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { quarterPixels } from '../../../../../test/fixtures/pictures/quarters.ts'
import { drawn, fixtureReader, quartersOf } from '../../../../../test/fixtures/pictures/readFixture.ts'
import { bufferSource } from '../../carriers/byteSource.ts'
import { PixelLimitError } from '../kindReader.ts'
import { countApngFrames } from './png/countApngFrames.ts'
import { readSharpPicture } from './readSharpPicture.ts'

const read = fixtureReader(readSharpPicture)
const picture = () => sharp(quarterPixels(64, 48), { raw: { width: 64, height: 48, channels: 3 } })
const chunk = (type: string, data: Buffer) => {
  const bytes = Buffer.alloc(12 + data.length)
  bytes.writeUInt32BE(data.length)
  bytes.write(type, 4, 'latin1')
  data.copy(bytes, 8)
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length)
  return bytes
}
const acTL = (frames: number) => chunk('acTL', Buffer.from([0, 0, 0, frames, 0, 0, 0, 0]))
const inserted = (png: Buffer, part: Buffer, at = 33) => Buffer.concat([png.subarray(0, at), part, png.subarray(at)])

describe('colours', () => {
  it.each([
    ['Display P3, 8 bits', () => picture().withIccProfile('p3').png().toBuffer()],
    ['Display P3, 16 bits', () => picture().toColourspace('rgb16').withIccProfile('p3').png().toBuffer()],
    ['16 bits without a profile', () => picture().toColourspace('rgb16').png().toBuffer()],
    ['Display P3, JPEG', () => picture().withIccProfile('p3').jpeg({ quality: 95 }).toBuffer()],
  ])('come out as sRGB: %s', async (_name, make) => {
    expect(await quartersOf(await read(await make()))).toBe('rgby')
  })

  it('of inks come out as they are printed, with a profile and without', async () => {
    for (const profile of ['cmyk', null]) {
      const inks = picture().toColourspace('cmyk')
      const file = await (profile === null ? inks : inks.withIccProfile(profile)).jpeg({ quality: 95 }).toBuffer()
      const shown = await drawn(await read(file))
      // No press prints these colours as bright as they are on a screen.
      expect(shown?.at(0.25, 0.25)[0]).toBeGreaterThan(150)
      expect(Math.max(...(shown?.at(0.25, 0.25).slice(1, 3) ?? [255]))).toBeLessThan(80)
      expect(shown?.at(0.75, 0.75)[2]).toBeLessThan(100)
      expect(Math.min(...(shown?.at(0.75, 0.75).slice(0, 2) ?? [0]))).toBeGreaterThan(180)
    }
  })
})

describe('frames', () => {
  it('of an animated PNG are those that it declares before its pixels', async () => {
    const png = await picture().png().toBuffer()
    expect((await read(png)).frames).toBeNull()
    expect((await read(inserted(png, acTL(12)))).frames).toBe(12)
    expect((await read(inserted(png, acTL(1)))).frames).toBeNull()
    expect((await read(inserted(png, acTL(12), png.length - 12))).frames).toBeNull()
  })

  it('of GIF and WebP are counted', async () => {
    const frames = [quarterPixels(64, 48), Buffer.alloc(64 * 48 * 3, 9)].map((data) =>
      sharp(data, { raw: { width: 64, height: 48, channels: 3 } })
        .png()
        .toBuffer(),
    )
    const animation = sharp(await Promise.all(frames), { join: { animated: true } })
    for (const file of [await animation.clone().gif().toBuffer(), await animation.clone().webp().toBuffer()]) {
      const facts = await read(file)
      expect([facts.width, facts.height, facts.frames]).toEqual([64, 48, 2])
      expect(await quartersOf(facts)).toBe('rgby')
    }
  })

  it('are no reason to throw for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => countApngFrames(bufferSource(bytes))).not.toThrow()
      }),
    )
  })
})

describe('a declared size over the limit', () => {
  it('is refused before anything is decoded', async () => {
    const png = Buffer.from(await picture().png().toBuffer())
    png.writeUInt32BE(65_500, 16)
    png.writeUInt32BE(65_500, 20)
    png.writeUInt32BE(crc32(png.subarray(12, 29)), 29)
    await expect(read(png)).rejects.toThrow(new PixelLimitError(65_500, 65_500))
    const jpeg = Buffer.from(await picture().jpeg().toBuffer())
    const frame = jpeg.indexOf(Buffer.from('ffc0', 'hex'))
    jpeg.writeUInt16BE(65_500, frame + 5)
    jpeg.writeUInt16BE(65_500, frame + 7)
    await expect(read(jpeg)).rejects.toThrow(new PixelLimitError(65_500, 65_500))
  })
})
