import type { CarrierText } from '../carriers/carriers.ts'
import { writeJson } from './generationFacts.ts'
import { isJsonObject, type LooseJson, type LooseJsonObject, parseLooseJson } from './looseJson.ts'

/** A text under a name: one that the file carries, or a part of one that holds several by name. */
export interface Payload {
  /** In lower case, without what only says where: `usercomment`, `parameters`, `prompt`, … */
  readonly key: string
  readonly text: string
  readonly source: CarrierText
}

/** Comments in which programs put all texts of a PNG as one JSON object when they save it as JPEG, WebP or video. */
const FOLDING_KEYS: ReadonlySet<string> = new Set([
  '',
  'usercomment',
  'comment',
  'comments',
  '©cmt',
  'xpcomment',
  'imagedescription',
  'description',
  '©des',
])
/** Names by which texts are folded into such an object. */
const FOLDED_KEYS: ReadonlySet<string> = new Set([
  'comment',
  'description',
  'dream',
  'extrametadata',
  'fooocus_scheme',
  'generation_data',
  'invokeai_graph',
  'invokeai_metadata',
  'invokeai_workflow',
  'parameters',
  'parameters-json',
  'prompt',
  'sd-metadata',
  'smproj',
  'software',
  'source',
  'title',
  'workflow',
])
/** Longer ones are not unfolded; it is more than a file may carry. */
const MAX_FOLDED_LENGTH = 64 * 1024 ** 2

/** The texts of a file by name, each parsed once at most. */
export class Payloads {
  readonly all: readonly Payload[]
  readonly #byKey = new Map<string, Payload[]>()
  readonly #objects = new Map<string, LooseJsonObject | null>()

  constructor(texts: readonly CarrierText[]) {
    const direct = texts.map((source): Payload => ({ key: keyOf(source), text: source.text, source }))
    this.all = direct.flatMap((payload) => [payload, ...this.#unfold(payload)])
    for (const payload of this.all) {
      const same = this.#byKey.get(payload.key)
      if (same === undefined) this.#byKey.set(payload.key, [payload])
      else same.push(payload)
    }
  }

  /** First text of one of these names; names before others count more. */
  find(...keys: readonly string[]): Payload | null {
    for (const key of keys) {
      const found = this.#byKey.get(key)?.[0]
      if (found !== undefined) return found
    }
    return null
  }

  /** All texts of these names, by name. */
  named(...keys: readonly string[]): readonly Payload[] {
    return keys.flatMap((key) => this.#byKey.get(key) ?? [])
  }

  /** The text as a JSON object, null if it is none. */
  object({ text }: Payload): LooseJsonObject | null {
    const known = this.#objects.get(text)
    if (known !== undefined) return known
    const object = objectFrom(text)
    this.#objects.set(text, object)
    return object
  }

  /** Objects of the texts of these names, or of all texts that are JSON objects. */
  *objects(...keys: readonly string[]): Generator<{ payload: Payload; object: LooseJsonObject }> {
    for (const payload of keys.length === 0 ? this.all : this.named(...keys)) {
      const object = this.object(payload)
      if (object !== null) yield { payload, object }
    }
  }

  #unfold(payload: Payload): readonly Payload[] {
    const object = FOLDING_KEYS.has(payload.key) ? this.object(payload) : null
    if (object === null) return []
    return Object.entries(object).flatMap(([name, value]) => {
      const key = name.toLowerCase()
      const text = FOLDED_KEYS.has(key) ? foldedText(value) : null
      return text === null ? [] : [{ key, text, source: payload.source }]
    })
  }
}

/** A JSON object, also one that stands as text within JSON. */
export function objectFrom(value: LooseJson | undefined): LooseJsonObject | null {
  if (isJsonObject(value)) return value
  // A first look, because most texts are none, and some are large.
  if (typeof value !== 'string' || !/^[\s\ufeff]*\{/.test(value.slice(0, 64))) return null
  const parsed = parseLooseJson(value)
  return isJsonObject(parsed) ? parsed : null
}

function keyOf({ key }: CarrierText): string {
  const name = key.toLowerCase()
  // Apple's names in MP4: com.apple.quicktime.comment
  return name.startsWith('com.apple.quicktime.') ? name.slice('com.apple.quicktime.'.length) : name
}

function foldedText(value: LooseJson): string | null {
  if (typeof value === 'string') return value
  return isJsonObject(value) ? writeJson(value, MAX_FOLDED_LENGTH) : null
}
