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
  /** What only this tool writes, by its own names. */
  readonly more: readonly { readonly name: string; readonly value: string }[]
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
  const more = Object.entries(generation?.settings ?? {}).map(([name, value]) => ({ name, value }))
  return { generator, prompt, negative, facts, more }
}

/** Names as other tools read them in pasted text. */
const TEXT_NAMES: Readonly<Record<GenerationFactName, string>> = {
  model: 'Model',
  seed: 'Seed',
  sampler: 'Sampler',
  scheduler: 'Schedule type',
  steps: 'Steps',
  cfg: 'CFG scale',
  size: 'Size',
  strength: 'Denoising strength',
  vae: 'VAE',
  loras: 'LoRAs',
}

/** Everything as text in the form that most tools accept when it is pasted into their prompt field. */
export function generationText({ prompt, negative, facts }: GenerationFacts): string {
  const steps = facts.filter(({ name }) => name === 'steps')
  const others = facts.filter(({ name }) => name !== 'steps')
  const settings = [...steps, ...others].map(
    ({ name, value }) => `${TEXT_NAMES[name]}: ${name === 'size' ? value.replace(' × ', 'x') : value}`,
  )
  return [prompt, negative === null ? null : `Negative prompt: ${negative}`, settings.join(', ')]
    .filter((line) => line !== null && line !== '')
    .join('\n')
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
