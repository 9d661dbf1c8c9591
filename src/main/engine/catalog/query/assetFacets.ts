import { foldText } from './words/indexedText.ts'

/** Fields whose values are kept in `facet_values`, because few values are shared by many assets. */
export const facetFields = [
  'ext',
  'model',
  'generator',
  'sampler',
  'lora',
  'camera',
  'lens',
  'category',
  'animated',
] as const
export type FacetField = (typeof facetFields)[number]

/** A value longer than this is no name. In characters. */
const MAX_VALUE = 300
const MAX_LORAS = 50

/** What the columns of an asset hold; `generation` and `metadata` as JSON. */
export interface FacetSource {
  readonly extension: string
  readonly category: string
  readonly model: string | null
  readonly generator: string | null
  readonly generation: string | null
  readonly metadata: string
}

/** Values of an asset as `[field, value, folded value]`, each once. */
export function assetFacets(source: FacetSource): readonly (readonly [FacetField, string, string])[] {
  const found = new Map<string, readonly [FacetField, string, string]>()
  const add = (field: FacetField, value: unknown): void => {
    if (typeof value !== 'string') return
    const text = value.trim().slice(0, MAX_VALUE).toWellFormed()
    if (text !== '') found.set(`${field}:${text}`, [field, text, foldText(text)])
  }
  const generation = parseObject(source.generation)
  const metadata = parseObject(source.metadata)
  const camera = isObject(metadata.camera) ? metadata.camera : {}
  add('ext', source.extension)
  add('model', source.model)
  add('generator', source.generator)
  add('sampler', generation.sampler)
  for (const lora of Array.isArray(generation.loras) ? generation.loras.slice(0, MAX_LORAS) : []) {
    add('lora', isObject(lora) ? lora.name : undefined)
  }
  add('camera', cameraName(camera.make, camera.model))
  add('lens', camera.lens)
  // Nearly everything is “general”: that is asked of the column.
  if (source.category !== 'general') add('category', source.category)
  if (typeof metadata.frames === 'number' && metadata.frames > 1) add('animated', 'yes')
  return [...found.values()]
}

/** Models often repeat their maker: “NIKON CORPORATION” and “NIKON Z 6” are a NIKON Z 6. */
function cameraName(make: unknown, model: unknown): string | null {
  if (typeof model !== 'string') return typeof make === 'string' ? make : null
  const maker = typeof make === 'string' ? (make.split(' ')[0] ?? '') : ''
  return model.toLowerCase().startsWith(maker.toLowerCase()) ? model : `${maker} ${model}`
}

function parseObject(json: string | null): Readonly<Record<string, unknown>> {
  if (json === null || json === '{}') return {}
  try {
    const value: unknown = JSON.parse(json)
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
