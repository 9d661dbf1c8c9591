import { existsSync } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { HEAD_BYTES, identifyType } from '../../../src/main/engine/library/import/identifyType.ts'
import { decodePicture } from '../../../src/main/media/draw/decodePicture.ts'
import { readerFor } from '../../../src/main/media/kinds/readerFor.ts'
import { readLimits } from '../../../src/main/media/limits.ts'
import { describeUnless } from '../support/describeUnless.ts'

const folder = process.env.VITRINE_SAMPLES === undefined ? null : resolve(process.env.VITRINE_SAMPLES)
const limits = readLimits({})

/** Of what others show for these files: sides after orientation, and some facts. */
const SAMPLES: readonly [file: string, width: number, height: number, metadata: Record<string, unknown>][] = [
  ['photos/IMG_1034.heic', 4032, 3024, { format: 'heic', image: { hasProfile: true } }],
  ['photos/IMG_2927.HEIC', 3024, 4032, { format: 'heic' }],
  ['photos/cheers_1440x960.heic', 1440, 960, { format: 'heic' }],
  ['photos/Issue 649.avif', 5472, 3648, { format: 'avif' }],
  ['photos/balloon.jp2', 2717, 3701, { format: 'jp2', image: { channels: 3 } }],
  ['photos/BigTIFF.tif', 64, 64, { format: 'tiff' }],
  ['photos/Classic.tif', 64, 64, { format: 'tiff' }],
  ['photos/basn6a16.png', 32, 32, { format: 'png', image: { depth: 'ushort', hasAlpha: true } }],
  ['photos/Animation Lossy.webp', 320, 240, { format: 'webp' }],
  ['photos/Issue 201.gif', 500, 375, { format: 'gif' }],
  [
    'design/Issue 524 (java).psd',
    1650,
    1350,
    { format: 'psd', layers: 1, image: { mode: 'greyscale', hasAlpha: true } },
  ],
  // Its one layer is empty, and what stands in the place of the merged picture is no picture.
  ['design/10x12x16bit-CMYK.psd', 10, 12, { format: 'psd', image: { space: 'cmyk', depth: 'ushort' } }],
  // A JPEG with the name of a raw picture.
  ['raw/Issue 247-1.nef', 2000, 3008, { format: 'jpeg' }],
]

describeUnless(folder === null ? 'VITRINE_SAMPLES names no folder of sample files' : null, 'a real file', () => {
  it.each(SAMPLES)('%s is drawn', async (file, width, height, metadata) => {
    const path = join(folder ?? '', file)
    expect(existsSync(path)).toBe(true)
    const { size } = await stat(path)
    const { mimeType } = await identifyType(await readHead(path), size, path, basename(path))
    const read = await readerFor(mimeType)?.()
    const facts = await read?.({ path, mimeType, size, side: 600, limits })
    expect([facts?.width, facts?.height, facts?.problem]).toEqual([width, height, null])
    expect(facts?.metadata).toMatchObject(metadata)
    const picture = facts?.picture
    const decoded = picture ? await decodePicture(picture, [600], limits.pixels) : null
    const isBlank = file.includes('10x12x16bit-CMYK')
    expect(decoded?.ok === true && decoded.dominantColors.length > 1).toBe(!isBlank)
  })
})

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
