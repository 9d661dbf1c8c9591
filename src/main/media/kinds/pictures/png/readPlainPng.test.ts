import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bufferSource } from '../../../carriers/byteSource.ts'
import { readImageHeader } from '../imageHeader.ts'
import { readPlainPng } from './readPlainPng.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-png-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const blank = (channels: 3 | 4) => sharp({ create: { width: 31, height: 17, channels, background: '#336699' } })

describe('the header of a plain PNG', () => {
  it.each([3, 4] as const)('is what libvips says of it, with %d channels', async (channels) => {
    const bytes = await blank(channels).png().toBuffer()
    // Without the resolution, which sharp always writes.
    const at = bytes.indexOf('pHYs') - 4
    const plain = at < 0 ? bytes : Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 21)])
    const path = join(folder, `${channels}.png`)
    writeFileSync(path, plain)
    const { details, ...found } = (await readImageHeader(path))!
    const { density: _assumed, ...said } = details
    expect(readPlainPng(bufferSource(plain))).toEqual({ ...found, details: said })
  })

  it('has the resolution that libvips and sharp tell, or is left to them', async () => {
    const bytes = await blank(3).png().toBuffer()
    const edges = [1, 999, 1000, 1001, 1004, 2834, 2835, 2836, 3779, 3780, 11_811, 65_535, 10_000_000, 0x7fff_ffff]
    const perMetre = fc.oneof(fc.constantFrom(...edges), fc.integer({ min: 1, max: 40_000 }))
    await fc.assert(
      fc.asyncProperty(perMetre, async (value) => {
        const file = withResolution(bytes, value, value, 1)
        const told = (await readImageHeader(file))?.details.density
        const found = readPlainPng(bufferSource(file))
        if (value > 1000) expect(found?.details.density).toBe(told)
        else expect(found).toBeNull()
      }),
      { numRuns: 300, examples: edges.map((value) => [value]) },
    )
  })

  it('is left to libvips when its resolution has no unit, two values, is damaged or said twice', async () => {
    const bytes = await blank(3).png().toBuffer()
    const damaged = withResolution(bytes, 2835, 2835, 1)
    damaged.writeUInt8(0xff, damaged.indexOf('pHYs') + 5)
    const at = bytes.indexOf('pHYs') - 4
    const twice = Buffer.concat([bytes.subarray(0, at + 21), bytes.subarray(at)])
    const others = [withResolution(bytes, 2835, 2835, 0), withResolution(bytes, 2835, 3780, 1), damaged, twice]
    for (const other of others) expect(readPlainPng(bufferSource(other))).toBeNull()
  })

  it('is left to libvips when something changes how the picture is to be shown', async () => {
    const others = [
      blank(3).png({ palette: true }),
      blank(3).greyscale().png(),
      blank(3).toColourspace('rgb16').png(),
      blank(3).withMetadata({ orientation: 6 }).png(),
      blank(3).withIccProfile('p3').png(),
    ]
    for (const other of others) expect(readPlainPng(bufferSource(await other.toBuffer()))).toBeNull()
  })

  it('is null at whatever place the file is cut off before its pixels, and never an exception', async () => {
    const bytes = await blank(3).png().toBuffer()
    const pixels = bytes.indexOf('IDAT')
    for (let length = 0; length < pixels + 4; length++) {
      expect(readPlainPng(bufferSource(bytes.subarray(0, length)))).toBeNull()
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(60), (noise, at) => {
        const damaged = Buffer.from(bytes)
        damaged.set(noise.subarray(0, Math.max(0, damaged.length - at)), at)
        readPlainPng(bufferSource(damaged))
      }),
    )
  })
})

/** With another content of the chunk that sharp always writes. */
function withResolution(bytes: Buffer, x: number, y: number, unit: number): Buffer {
  const copy = Buffer.from(bytes)
  const type = copy.indexOf('pHYs')
  copy.writeUInt32BE(x, type + 4)
  copy.writeUInt32BE(y, type + 8)
  copy[type + 12] = unit
  copy.writeUInt32BE(crc32(copy.subarray(type, type + 13)), type + 13)
  return copy
}
