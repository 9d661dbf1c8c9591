import type { GenerationRecord, Lora, RawPayload } from '../../../shared/domain/generation.ts'

/** How a file was made, as scripts read it. */
export interface InspectedGeneration {
  readonly generator: string
  readonly version: string | null
  readonly prompt: string | null
  readonly negativePrompt: string | null
  readonly model: string | null
  readonly modelHash: string | null
  /** Decimal text: seeds exceed what JSON numbers hold. */
  readonly seed: string | null
  readonly sampler: string | null
  readonly scheduler: string | null
  readonly steps: number | null
  readonly cfg: number | null
  readonly width: number | null
  readonly height: number | null
  readonly strength: number | null
  readonly vae: string | null
  readonly loras: readonly Lora[]
  readonly settings: Readonly<Record<string, string>>
  /** Every payload that it was read from, to the byte. */
  readonly raw: readonly RawPayload[]
}

/** The facts under the names of the command line. */
export function inspectedGeneration(record: GenerationRecord): InspectedGeneration {
  const { negative_prompt, model_hash, ...rest } = record
  return { ...rest, negativePrompt: negative_prompt, modelHash: model_hash }
}
