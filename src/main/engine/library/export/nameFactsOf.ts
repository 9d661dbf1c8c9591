import type { Asset } from '../../../../shared/domain/asset.ts'
import type { NameFacts } from '../../../../shared/domain/namePattern.ts'

/** What patterns of names can say of an asset. */
export function nameFactsOf(asset: Asset): NameFacts {
  return {
    fileName: asset.file_name,
    title: asset.custom_title,
    madeAt: Date.parse(asset.captured_at ?? asset.created_at),
    model: asset.model_used,
    generator: asset.generator,
    seed: asset.generation_seed,
    rating: asset.rating,
    width: asset.width,
    height: asset.height,
  }
}
