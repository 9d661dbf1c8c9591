import type { Asset } from '../../../shared/domain/asset.ts'

export type GenerationFactName =
  | 'model'
  | 'seed'
  | 'sampler'
  | 'scheduler'
  | 'steps'
  | 'cfg'
  | 'size'
  | 'strength'
  | 'vae'
  | 'loras'

export interface GenerationFact {
  readonly name: GenerationFactName
  readonly value: string
}

export interface GenerationFacts {
  readonly generator: string | null
  readonly prompt: string | null
  readonly negative: string | null
  readonly facts: readonly GenerationFact[]
}

type Source = Pick<
  Asset,
  'original_prompt' | 'negative_prompt' | 'model_used' | 'generation_seed' | 'generator' | 'generation'
>

/** Fields of the `generation` JSON in the order they are shown; a field may go by several names. */
const FIELDS: readonly (readonly [GenerationFactName, readonly string[]])[] = [
  ['sampler', ['sampler', 'sampler_name']],
  ['scheduler', ['scheduler', 'schedule']],
  ['steps', ['steps']],
  ['cfg', ['cfg', 'cfg_scale', 'guidance']],
  ['size', ['size']],
  ['strength', ['strength', 'denoise', 'denoising_strength']],
  ['vae', ['vae']],
  ['loras', ['loras']],
]

/** A JSON value as a line of text, null when it has none: lists are joined, objects give their name and weight. */
function asLine(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim()
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : null
  if (Array.isArray(value)) {
    const lines = value.map(asLine).filter((line) => line !== null)
    return lines.length === 0 ? null : lines.join(', ')
  }
  if (typeof value === 'object' && value !== null && 'name' in value) {
    const weight = 'weight' in value ? asLine(value.weight) : null
    const name = asLine(value.name)
    return name === null || weight === null ? name : `${name} (${weight})`
  }
  return null
}

function present(text: string | null): string | null {
  return text === null || text.trim() === '' ? null : text
}

/** What is known about how an asset was made; null when nothing is, because an empty section would claim otherwise. */
export function generationFacts(asset: Source): GenerationFacts | null {
  const facts: GenerationFact[] = []
  const add = (name: GenerationFactName, value: string | null) => {
    if (value !== null) facts.push({ name, value })
  }
  add('model', present(asset.model_used))
  add('seed', present(asset.generation_seed))
  const generation: Readonly<Record<string, unknown>> = asset.generation ?? {}
  for (const [name, keys] of FIELDS) {
    add(name, keys.map((key) => asLine(generation[key])).find((line) => line !== null) ?? null)
  }
  const prompt = present(asset.original_prompt)
  const negative = present(asset.negative_prompt)
  const generator = present(asset.generator)
  if (prompt === null && negative === null && generator === null && facts.length === 0) return null
  return { generator, prompt, negative, facts }
}
