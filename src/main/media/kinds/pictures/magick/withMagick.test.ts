import { describe, expect, it } from 'vitest'
import { readLimits } from '../../../limits.ts'
import { type Magick, withMagick } from './withMagick.ts'

const limits = readLimits({})
const version = (magick: Magick) => magick.Magick.imageMagickVersion

describe('ImageMagick', () => {
  it('is there again after a trap', async () => {
    const trapped = await withMagick(limits, 1, (magick) => {
      // What a decoder that runs out of its bounds throws.
      if (version(magick) !== '') throw new Error('memory access out of bounds')
    })
    expect(trapped).toEqual({ ok: false })
    expect(await withMagick(limits, 1, version)).toMatchObject({
      ok: true,
      value: expect.stringContaining('ImageMagick 7'),
    })
  })

  it('is there again after a picture that left it with too much memory', async () => {
    const instances = new Set<unknown>()
    const instance = (magick: Magick) => instances.add(Reflect.get(magick.ImageMagick, '_api'))
    await withMagick(limits, 1, instance)
    await withMagick(limits, 1, instance)
    expect(instances.size).toBe(1)
    await withMagick(limits, 200, instance)
    await withMagick(limits, 1, instance)
    expect(instances.size).toBe(2)
  })

  it('writes nothing and keeps its limits', async () => {
    const outcome = await withMagick({ ...limits, pixels: 1_000_000 }, 1, (magick) => {
      const image = magick.MagickImage.create(magick.MagickColors.Red, 10, 10)
      return image.write('PNG', (bytes) => bytes.length)
    })
    expect(outcome).toEqual({ ok: false })
    const large = await withMagick(
      { ...limits, pixels: 1_000_000 },
      1,
      (magick) => magick.MagickImage.create(magick.MagickColors.Red, 1001, 1000).width,
    )
    expect(large).toEqual({ ok: false })
  })
})
