import type { Generation, Lora } from '../../../shared/domain/generation.ts'
import { isJsonObject, type LooseJson, type LooseJsonObject } from './looseJson.ts'

/** What a parser found, in any order and as the tool wrote it; what is missing or null was not said. */
export type FoundFacts = Partial<Omit<Generation, 'generator' | 'loras' | 'settings'>> & {
  readonly generator: string
  readonly loras?: readonly Lora[]
  readonly settings?: Iterable<readonly [string, LooseJson]>
}

/** Longer values (pictures as base64, whole graphs) are not for reading as a setting; they stay in the raw payload. */
const MAX_SETTING_LENGTH = 10_000
const MAX_SETTING_NAME_LENGTH = 200
const MAX_SETTINGS = 500
const MAX_LORAS = 500
/** Larger than any picture that can be generated; more is damage. */
const MAX_SIDE = 1_000_000
const MODEL_FILE = /\.(?:safetensors|ckpt|pt|pth|bin|gguf|sft|onnx)$/i
const MAX_TUPLE_LENGTH = 64

/** All fields of a generation, those that were not found as null, and the settings as text. */
export function generationOf(found: FoundFacts): Generation {
  return {
    generator: found.generator,
    version: found.version ?? null,
    prompt: found.prompt ?? null,
    negative_prompt: found.negative_prompt ?? null,
    model: found.model ?? null,
    model_hash: found.model_hash ?? null,
    seed: found.seed ?? null,
    sampler: found.sampler ?? null,
    scheduler: found.scheduler ?? null,
    steps: found.steps ?? null,
    cfg: found.cfg ?? null,
    width: found.width ?? null,
    height: found.height ?? null,
    strength: found.strength ?? null,
    vae: found.vae ?? null,
    loras: (found.loras ?? []).slice(0, MAX_LORAS),
    settings: settingsOf(found.settings ?? []),
  }
}

/** A text without the white space around it; null for none, an empty one, or anything else. */
export function textFrom(value: LooseJson | undefined): string | null {
  if (typeof value !== 'string') return null
  const text = value.trim()
  return text === '' ? null : text
}

/** A finite number, also one that is written as text. */
export function numberFrom(value: LooseJson | undefined): number | null {
  if (typeof value === 'number') return value
  if (
    typeof value !== 'string' ||
    value.length > 40 ||
    !/^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?\s*$/i.test(value)
  ) {
    return null
  }
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}

/** A side of a picture in pixels: a whole number above 0. */
export function sideFrom(value: LooseJson | undefined): number | null {
  const number = numberFrom(value)
  return number !== null && Number.isInteger(number) && number > 0 && number <= MAX_SIDE ? number : null
}

/** Sides written as `512x768`, `832 x 1216`, `(1024, 1024)` or `1152×896`. */
export function sizeFrom(value: LooseJson | undefined): { width: number | null; height: number | null } {
  const nothing = { width: null, height: null }
  if (typeof value !== 'string' || value.length > MAX_TUPLE_LENGTH) return nothing
  const match = /^\s*\(?\s*(\d{1,7})\s*[x×*,]\s*(\d{1,7})\b/i.exec(value)
  const width = sideFrom(match?.[1])
  const height = sideFrom(match?.[2])
  return width === null || height === null ? nothing : { width, height }
}

/** A seed with all its digits. Null for −1 and other ways to say "any". */
export function seedFrom(value: LooseJson | undefined): string | null {
  switch (typeof value) {
    case 'bigint':
      return value >= 0n ? value.toString() : null
    case 'number':
      return Number.isInteger(value) && value >= 0 ? BigInt(value).toString() : null
    case 'string':
      return /^\s*\d{1,40}\s*$/.test(value) ? value.trim() : null
    default:
      return null
  }
}

/** Name of a model, VAE or LoRA without folder and file extension; null for none and for words that say "none". */
export function modelFrom(value: LooseJson | undefined): string | null {
  const written = textFrom(value)
  if (written === null) return null
  const file = written.slice(Math.max(written.lastIndexOf('/'), written.lastIndexOf('\\')) + 1)
  const name = file.replace(MODEL_FILE, '').trim()
  return name === '' || /^(?:none|null|undefined)$/i.test(name) ? null : name
}

/** Name of a VAE; null also where the one of the model was used. */
export function vaeFrom(value: LooseJson | undefined): string | null {
  const name = modelFrom(value)
  return name === null || /^(?:automatic|default\b.*|baked.*)$/i.test(name) ? null : name
}

/** The LoRA if it has a name. */
export function loraFrom(name: LooseJson | undefined, weight: LooseJson | undefined): readonly Lora[] {
  const found = modelFrom(name)
  return found === null ? [] : [{ name: found, weight: numberFrom(weight) }]
}

/** Those of both lists; of the same name the first, which has its weight from the second if it had none. */
export function mergedLoras(first: readonly Lora[], second: readonly Lora[]): Lora[] {
  const merged = new Map(first.map((lora) => [lora.name.toLowerCase(), lora]))
  for (const lora of second) {
    const name = lora.name.toLowerCase()
    const known = merged.get(name)
    if (known === undefined) merged.set(name, lora)
    else if (known.weight === null) merged.set(name, { ...known, weight: lora.weight })
  }
  return [...merged.values()]
}

/** First of the named members that is there and not null. */
export function member(object: LooseJsonObject, ...names: readonly string[]): LooseJson | undefined {
  for (const name of names) {
    const value = object[name]
    if (value !== undefined && value !== null) return value
  }
  return undefined
}

/** A member that is an object. */
export function objectMember(object: LooseJsonObject, ...names: readonly string[]): LooseJsonObject | null {
  const value = member(object, ...names)
  return isJsonObject(value) ? value : null
}

/** A member that is a list, else an empty one. */
export function listMember(object: LooseJsonObject, ...names: readonly string[]): readonly LooseJson[] {
  const value = member(object, ...names)
  return Array.isArray(value) ? value : []
}

/** Members that no field stands for. */
export function otherMembers(object: LooseJsonObject, known: readonly string[]): [string, LooseJson][] {
  return Object.entries(object).filter(([name]) => !known.includes(name))
}

function settingsOf(found: Iterable<readonly [string, LooseJson]>): Record<string, string> {
  const settings = new Map<string, string>()
  for (const [name, value] of found) {
    const key = name.trim()
    const text = settingText(value)
    if (key === '' || key.length > MAX_SETTING_NAME_LENGTH || text === null) continue
    settings.set(key, text)
    if (settings.size === MAX_SETTINGS) break
  }
  return Object.fromEntries(settings)
}

function settingText(value: LooseJson): string | null {
  if (value === null || (typeof value === 'object' && Object.keys(value).length === 0)) return null
  const text = typeof value === 'string' ? value.trim() : writeJson(value, MAX_SETTING_LENGTH)
  return text === null || text === '' || text.length > MAX_SETTING_LENGTH ? null : text
}

/** JSON with all digits of large integers; null as soon as it is longer than allowed. */
export function writeJson(value: LooseJson, maximumLength: number): string | null {
  const parts: string[] = []
  let left = maximumLength
  const add = (text: string): boolean => {
    parts.push(text)
    left -= text.length
    return left >= 0
  }
  const write = (item: LooseJson): boolean => {
    if (item === null || typeof item !== 'object') {
      return add(typeof item === 'string' ? JSON.stringify(item) : String(item))
    }
    if (Array.isArray(item)) {
      return add('[') && item.every((inner, index) => (index === 0 || add(',')) && write(inner)) && add(']')
    }
    return (
      add('{') &&
      Object.entries(item).every(
        ([name, inner], index) => add(`${index === 0 ? '' : ','}${JSON.stringify(name)}:`) && write(inner),
      ) &&
      add('}')
    )
  }
  return write(value) ? parts.join('') : null
}
