import { describe, expect, it } from 'vitest'
import { around, node, read, type TestGraph } from './fixtures/apiGraphs.ts'

describe('seeds and numbers', () => {
  it.each<[string, TestGraph]>([
    ['Seed (rgthree)', { seed: node('Seed (rgthree)', { seed: 77 }) }],
    ['easy seed', { seed: node('easy seed', { seed: 77, control_before_generate: 'fixed' }) }],
    ['CR Seed', { seed: node('CR Seed', { seed: 77 }) }],
    ['PrimitiveInt', { seed: node('PrimitiveInt', { value: 77 }) }],
    ['a reroute to a constant', { seed: node('Reroute', { '': ['c', 0] }), c: node('INTConstant', { value: 77 }) }],
    ['Seed Everywhere', { seed: node('Seed Everywhere', { seed: 77 }) }],
  ])('reads the seed of %s', (_what, nodes) => {
    expect(read(around(nodes))?.seed).toBe('77')
  })

  it('knows no number that is worked out when it runs', () => {
    const facts = read(around({ seed: node('SimpleMath+', { value: 'a*2', a: 5 }) }))
    expect(facts?.seed).toBeNull()
  })

  it.each<[string, TestGraph, number | null, number | null]>([
    [
      'a choice of sizes',
      {
        latent: node('SDXLEmptyLatentSizePicker+', {
          resolution: '832x1216 (0.68)',
          batch_size: 1,
          width_override: 0,
          height_override: 0,
        }),
      },
      832,
      1216,
    ],
    [
      'a choice that is overridden',
      {
        latent: node('SDXLEmptyLatentSizePicker+', {
          resolution: '832x1216 (0.68)',
          width_override: 640,
          height_override: 480,
        }),
      },
      640,
      480,
    ],
    [
      'linked aspect ratio, swapped',
      {
        ratio: node('CR SDXL Aspect Ratio', {
          width: 1024,
          height: 1024,
          aspect_ratio: '3:4 portrait 896x1152',
          swap_dimensions: 'On',
        }),
        latent: node('EmptyLatentImage', { width: ['ratio', 0], height: ['ratio', 1], batch_size: 1 }),
      },
      1152,
      896,
    ],
    [
      'a custom aspect ratio',
      {
        ratio: node('CR SDXL Aspect Ratio', {
          width: 1000,
          height: 600,
          aspect_ratio: 'custom',
          swap_dimensions: 'Off',
        }),
        latent: node('EmptyLatentImage', { width: ['ratio', 0], height: ['ratio', 1], batch_size: 1 }),
      },
      1000,
      600,
    ],
    [
      'the size of another picture',
      {
        size: node('GetImageSize', { image: ['load', 0] }),
        load: node('LoadImage', { image: 'x.png' }),
        latent: node('EmptyLatentImage', { width: ['size', 0], height: ['size', 1], batch_size: 1 }),
      },
      null,
      null,
    ],
  ])('reads %s', (_what, nodes, width, height) => {
    expect(read(around(nodes))).toMatchObject({ width, height })
  })
})
