import type { Asset } from '../../../shared/domain/asset.ts'
import type { Generation } from '../../../shared/domain/generation.ts'

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

/** What is known about how an asset was made; null when nothing is, because an empty section would claim otherwise. */
export function generationFacts(asset: Source): GenerationFacts | null {
  const facts: GenerationFact[] = []
  const add = (name: GenerationFactName, value: string | number | null) => {
    if (value !== null && value !== '') facts.push({ name, value: String(value) })
  }
  add('model', present(asset.model_used))
  add('seed', present(asset.generation_seed))
  const { generation } = asset
  if (generation !== null) {
    add('sampler', generation.sampler)
    add('scheduler', generation.scheduler)
    add('steps', generation.steps)
    add('cfg', generation.cfg)
    add('size', sizeLine(generation))
    add('strength', generation.strength)
    add('vae', generation.vae)
    add('loras', loraLine(generation))
  }
  const prompt = present(asset.original_prompt)
  const negative = present(asset.negative_prompt)
  const generator = present(asset.generator)
  if (prompt === null && negative === null && generator === null && facts.length === 0) return null
  return { generator, prompt, negative, facts }
}

function sizeLine({ width, height }: Generation): string | null {
  return width === null || height === null ? null : `${width} × ${height}`
}

function loraLine({ loras }: Generation): string | null {
  if (loras.length === 0) return null
  return loras.map(({ name, weight }) => (weight === null ? name : `${name} (${weight})`)).join(', ')
}

function present(text: string | null): string | null {
  return text === null || text.trim() === '' ? null : text
}
