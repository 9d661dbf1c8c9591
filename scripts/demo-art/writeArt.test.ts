import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import exifr from 'exifr'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeArt, sceneNames } from './makeArt.ts'
import { type WrittenArt, writeArt } from './writeArt.ts'

describe('makeArt', () => {
  it.each(sceneNames)('draws %s in any shape, and the same picture for the same seed', async (scene) => {
    const draw = () =>
      makeArt({ seed: 3, width: 91, height: 160, scene }).image.raw().toBuffer({ resolveWithObject: true })
    const [first, second] = await Promise.all([draw(), draw()])
    expect(first.info).toMatchObject({ width: 91, height: 160, channels: 3 })
    expect(first.data.equals(second.data)).toBe(true)
    const { entropy } = await sharp(first.data, { raw: first.info }).stats()
    expect(entropy, 'an empty picture has none').toBeGreaterThan(2)
  })

  it('draws another picture for another seed', async () => {
    const draw = (seed: number) => makeArt({ seed, width: 64, height: 64, scene: 'dunes' }).image.raw().toBuffer()
    expect((await draw(1)).equals(await draw(2))).toBe(false)
  })

  it('names the scenes when there is none of that name', () => {
    expect(() => makeArt({ seed: 1, width: 8, height: 8, scene: 'portrait' })).toThrow(/dunes/)
  })
})

describe('writeArt', () => {
  let folder: string
  let written: WrittenArt[]

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vitrine-art-'))
    written = await writeArt(folder, 14, 7)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const bytesOf = (extension: string) =>
    written
      .filter(({ path }) => path.endsWith(extension))
      .map(({ path, ...art }) => ({ ...art, bytes: readFileSync(path) }))

  it('gives PNGs what a generator would have written', async () => {
    const pictures = bytesOf('.png')
    expect(pictures).not.toEqual([])
    for (const { bytes, width, height } of pictures) {
      const { comments } = await sharp(bytes).metadata()
      const text = new RegExp(`\\nNegative prompt: .+\\nSteps: \\d+, .*Size: ${width}x${height}, `)
      expect(comments).toEqual([{ keyword: 'parameters', text: expect.stringMatching(text) }])
    }
  })

  it('gives JPEGs what a camera would have written, upright as they are meant to be seen', async () => {
    const pictures = bytesOf('.jpg')
    expect(pictures).not.toEqual([])
    for (const { bytes, width, height } of pictures) {
      expect(await exifr.parse(bytes)).toMatchObject({ Make: expect.any(String), DateTimeOriginal: expect.any(Date) })
      const upright = await sharp(bytes).autoOrient().toBuffer({ resolveWithObject: true })
      expect(upright.info).toMatchObject({ width, height })
    }
  })
})
