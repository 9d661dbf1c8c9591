import { networksIn } from './a1111.ts'
import { generationOf } from './generationFacts.ts'
import { factsFrom } from './jsonFacts.ts'
import type { Payloads } from './payloads.ts'
import type { Reading } from './reading.ts'

/**
 * Stability Matrix: `parameters-json`, beside `smproj` (its project), a text like A1111's and the ComfyUI graph that ran.
 * Source: LykosAI/StabilityMatrix, `GenerationParameters.cs`.
 */
export function readStabilityMatrix(payloads: Payloads): Reading | null {
  const companions = payloads.named('smproj', 'parameters')
  for (const { payload, object } of payloads.objects('parameters-json')) {
    const facts = factsFrom(object, {
      prompt: ['PositivePrompt'],
      negative_prompt: ['NegativePrompt'],
      model: ['ModelName'],
      model_hash: ['ModelHash'],
      seed: ['Seed'],
      sampler: ['Sampler'],
      scheduler: ['Scheduler'],
      steps: ['Steps'],
      cfg: ['CfgScale'],
      width: ['Width'],
      height: ['Height'],
      strength: ['DenoisingStrength', 'Strength'],
      vae: ['VaeName'],
    })
    return {
      generation: generationOf({
        ...facts,
        generator: 'Stability Matrix',
        loras: [...networksIn(facts.prompt ?? '')],
      }),
      used: [payload, ...companions],
    }
  }
  return null
}
