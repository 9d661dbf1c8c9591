import { expect, it } from 'vitest'
import { assetFacets } from './assetFacets.ts'

const nothing = {
  extension: 'png',
  category: 'general',
  model: null,
  generator: null,
  generation: null,
  metadata: '{}',
}
const facets = (source: Partial<typeof nothing> | Record<string, string>) =>
  assetFacets({ ...nothing, ...source }).map(([field, value]) => `${field} ${value}`)

it('names what many assets share', () => {
  const generation = JSON.stringify({
    sampler: 'Euler a',
    loras: [{ name: 'detail' }, { name: 'detail' }, { name: '' }, 5],
  })
  expect(facets({ category: 'scene', model: ' SDXL ', generator: 'ComfyUI', generation })).toEqual([
    'ext png',
    'model SDXL',
    'generator ComfyUI',
    'sampler Euler a',
    'lora detail',
    'category scene',
  ])
  expect(facets({ metadata: '{"frames":12}' })).toEqual(['ext png', 'animated yes'])
})

it('calls cameras by maker and model, the maker once', () => {
  const camera = (make: string, model: string) =>
    facets({ metadata: JSON.stringify({ camera: { make, model } }) }).at(-1)
  expect(camera('NIKON CORPORATION', 'NIKON Z 6')).toBe('camera NIKON Z 6')
  expect(camera('SONY', 'ILCE-7M4')).toBe('camera SONY ILCE-7M4')
})

it.each(['', 'null', '[]', '{"camera":5}', '{"camera":{"model":{}},"frames":"9"}', '{broken'])(
  'stands metadata like %j',
  (metadata) => {
    expect(facets({ metadata, generation: metadata })).toEqual(['ext png'])
  },
)
