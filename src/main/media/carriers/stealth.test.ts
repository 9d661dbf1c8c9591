import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import sharp, { type Sharp } from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bufferSource } from './byteSource.ts'
import { readStealth } from './readStealth.ts'
import { stealthHead, stealthText } from './stealth.ts'
import { mayHideText } from './stealthProbe.ts'

const TEXT = 'a cat, 猫\nNegative prompt: dog\nSteps: 20, Sampler: Euler, Seed: 1'

interface Hidden {
  readonly magic: string
  readonly bytes: Buffer
  readonly width: number
  readonly height: number
}

/** Noise with a text in its lowest bits. */
function hide({ magic, bytes, width, height }: Hidden): Buffer {
  const rgba = Buffer.alloc(width * height * 4)
  for (let at = 0; at < rgba.length; at += 1) rgba[at] = (at * 2654435761) >>> 24
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length * 8)
  const all = Buffer.concat([Buffer.from(magic), length, bytes])
  const channels = magic.startsWith('stealth_rgb') ? 3 : 1
  for (let bit = 0; bit < all.length * 8; bit += 1) {
    const pixel = Math.floor(bit / channels)
    const at = ((pixel % height) * width + Math.floor(pixel / height)) * 4 + (channels === 1 ? 3 : bit % 3)
    rgba[at] = ((rgba[at] ?? 0) & 0xfe) | (((all[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1)
  }
  return rgba
}

const cases = [
  { magic: 'stealth_pnginfo', bytes: Buffer.from(TEXT), carrier: 'stealth:alpha' },
  { magic: 'stealth_pngcomp', bytes: gzipSync(TEXT), carrier: 'stealth:alpha' },
  { magic: 'stealth_rgbinfo', bytes: Buffer.from(TEXT), carrier: 'stealth:rgb' },
  { magic: 'stealth_rgbcomp', bytes: gzipSync(TEXT), carrier: 'stealth:rgb' },
]

describe('a text hidden in pixels', () => {
  it.each(cases)('is found by $magic', ({ magic, bytes, carrier }) => {
    for (const [width, height] of [
      [64, 64],
      [40, 200],
      [400, 7],
    ] as const) {
      const edge = { rgba: hide({ magic, bytes, width, height }), width, height }
      const head = stealthHead(edge)
      expect(head?.bits).toBe(bytes.length * 8)
      expect(stealthText(edge, head!)).toEqual({ carrier, key: '', text: TEXT, bytes: Buffer.from(TEXT) })
    }
  })

  it('is none if it says that it is longer than the picture, or is broken', () => {
    const edge = {
      rgba: hide({ magic: 'stealth_pngcomp', bytes: Buffer.from('no gzip'), width: 64, height: 64 }),
      width: 64,
      height: 64,
    }
    const head = stealthHead(edge)!
    expect(stealthText(edge, head)).toBeNull()
    expect(stealthText(edge, { ...head, bits: 2 ** 32 - 8 })).toBeNull()
    expect(stealthText(edge, { ...head, bits: 0 })).toBeNull()
    expect(stealthHead({ rgba: Buffer.alloc(4), width: 1, height: 1 })).toBeNull()
  })

  it('does not unpack more than the limit', () => {
    const bomb = gzipSync(Buffer.alloc(33 * 1024 ** 2))
    const edge = {
      rgba: hide({ magic: 'stealth_pngcomp', bytes: bomb, width: 600, height: 600 }),
      width: 600,
      height: 600,
    }
    expect(stealthText(edge, stealthHead(edge)!)).toBeNull()
  })
})

describe('a picture that may hide a text', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'vitrine-stealth-'))
  })
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })

  function picture({ magic, bytes }: { magic: string; bytes: Buffer }): Sharp {
    const raw = { width: 64, height: 80, channels: 4 } as const
    return sharp(hide({ magic, bytes, width: 64, height: 80 }), { raw })
  }

  it.each(cases)('is read from a PNG and a lossless WebP: $magic', async (hidden) => {
    const webp = join(folder, 'a.webp')
    await picture(hidden).webp({ lossless: true, exact: true }).toFile(webp)
    expect((await readStealth(webp, 'image/webp', 1e6))?.text).toBe(TEXT)
    for (const adaptiveFiltering of [false, true]) {
      const png = join(folder, 'a.png')
      const image = hidden.magic.startsWith('stealth_rgb') ? picture(hidden).removeAlpha() : picture(hidden)
      await image.png({ adaptiveFiltering }).toFile(png)
      expect((await readStealth(png, 'image/png', 1e6))?.text).toBe(TEXT)
    }
  })

  it('hides none if it is a plain one, of another kind, damaged or over the limit', async () => {
    const file = join(folder, 'plain')
    const plain = sharp({ create: { width: 300, height: 300, channels: 4, background: '#123456' } })
    for (const [format, mimeType] of [
      ['png', 'image/png'],
      ['webp', 'image/webp'],
      ['jpeg', 'image/jpeg'],
    ] as const) {
      await plain.clone().toFormat(format).toFile(file)
      expect(await readStealth(file, mimeType, 1e6)).toBeNull()
    }
    const png = await picture(cases[0]!).png().toBuffer()
    for (const bytes of [Buffer.alloc(0), png.subarray(0, png.length >> 1), Buffer.from('RIFF    WEBPVP8L')]) {
      writeFileSync(file, bytes)
      expect(await readStealth(file, 'image/png', 1e6)).toBeNull()
      expect(await readStealth(file, 'image/webp', 1e6)).toBeNull()
    }
    writeFileSync(file, png)
    expect(await readStealth(file, 'image/png', 64 * 80 - 1)).toBeNull()
  })

  it('is told by its first pixels from one that hides nothing', async () => {
    expect(mayHideText(bufferSource(await picture(cases[0]!).png().toBuffer()))).toBe(true)
    const opaque = await sharp({ create: { width: 2000, height: 2000, channels: 4, background: '#fff' } })
      .png()
      .toBuffer()
    expect(mayHideText(bufferSource(opaque))).toBe(false)
    expect(mayHideText(bufferSource(await picture(cases[0]!).png({ palette: true }).toBuffer()))).toBe(false)
  })

  it('is decided on whatever has happened to it', async () => {
    const sound = await picture(cases[0]!).png().toBuffer()
    for (let length = 0; length < 400; length += 1) mayHideText(bufferSource(sound.subarray(0, length)))
    fc.assert(
      fc.property(fc.nat(200), fc.uint8Array({ minLength: 1, maxLength: 6 }), (at, bytes) => {
        const changed = Buffer.concat([sound.subarray(0, at), bytes, sound.subarray(at + bytes.length)])
        expect(typeof mayHideText(bufferSource(changed))).toBe('boolean')
      }),
      { numRuns: 200 },
    )
  })
})
