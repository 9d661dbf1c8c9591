import {
  type FoundFacts,
  member,
  modelFrom,
  numberFrom,
  otherMembers,
  seedFrom,
  sideFrom,
  sizeFrom,
  textFrom,
  vaeFrom,
} from './generationFacts.ts'
import { isJsonObject, type LooseJson, type LooseJsonObject } from './looseJson.ts'

/** By which names a tool's JSON calls the fields; of several that are there, the first counts. */
export interface MemberNames {
  readonly prompt?: readonly string[]
  readonly negative_prompt?: readonly string[]
  /** Name as text, or an object with `name` or `model_name`, and maybe `hash`. */
  readonly model?: readonly string[]
  readonly model_hash?: readonly string[]
  readonly seed?: readonly string[]
  readonly sampler?: readonly string[]
  readonly scheduler?: readonly string[]
  readonly steps?: readonly string[]
  readonly cfg?: readonly string[]
  readonly width?: readonly string[]
  readonly height?: readonly string[]
  /** Both sides in one text. */
  readonly size?: readonly string[]
  readonly strength?: readonly string[]
  readonly vae?: readonly string[]
  readonly version?: readonly string[]
  /** Members that are read elsewhere or say nothing: no settings. */
  readonly others?: readonly string[]
}

/** The fields of a flat JSON object, and all its other members as settings. */
export function factsFrom(object: LooseJsonObject, names: MemberNames): Omit<FoundFacts, 'generator'> {
  const value = (list: readonly string[] | undefined): LooseJson | undefined => member(object, ...(list ?? []))
  const model = value(names.model)
  const size = sizeFrom(value(names.size))
  return {
    version: versionFrom(value(names.version)),
    prompt: textFrom(value(names.prompt)),
    negative_prompt: textFrom(value(names.negative_prompt)),
    model: modelFrom(nameOf(model)),
    model_hash: textFrom(value(names.model_hash)) ?? (isJsonObject(model) ? textFrom(model.hash) : null),
    seed: seedFrom(value(names.seed)),
    sampler: textFrom(value(names.sampler)),
    scheduler: textFrom(value(names.scheduler)),
    steps: numberFrom(value(names.steps)),
    cfg: numberFrom(value(names.cfg)),
    width: sideFrom(value(names.width)) ?? size.width,
    height: sideFrom(value(names.height)) ?? size.height,
    strength: numberFrom(value(names.strength)),
    vae: vaeFrom(nameOf(value(names.vae))),
    settings: otherMembers(object, Object.values(names).flat()),
  }
}

/** The name of a model that stands as a text, or as an object that says more about it. */
export function nameOf(model: LooseJson | undefined): LooseJson | undefined {
  return isJsonObject(model) ? member(model, 'name', 'model_name') : model
}

function versionFrom(value: LooseJson | undefined): string | null {
  return typeof value === 'number' ? String(value) : textFrom(value)
}
