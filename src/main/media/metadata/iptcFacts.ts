import { type Json, MAX_TEXT, plainText, plainTexts } from './boundedJson.ts'
import { decodeText, decodeWindows1252 } from './undeclaredText.ts'

/** Texts of an IPTC block by their names, each as often as it stands there. */
export type IptcFacts = ReadonlyMap<IptcName, readonly string[]>

/** Dataset numbers of record 2. Source: IPTC-NAA Information Interchange Model 4.2, chapter 6. */
const NAMES = {
  5: 'title',
  10: 'urgency',
  15: 'category',
  20: 'supplemental_categories',
  25: 'keywords',
  40: 'instructions',
  55: 'date_created',
  60: 'time_created',
  62: 'digital_date',
  63: 'digital_time',
  65: 'program',
  70: 'program_version',
  80: 'creator',
  85: 'creator_title',
  90: 'city',
  92: 'sublocation',
  95: 'region',
  100: 'country_code',
  101: 'country',
  103: 'transmission_reference',
  105: 'headline',
  110: 'credit',
  115: 'source',
  116: 'copyright',
  118: 'contact',
  120: 'description',
  122: 'description_writer',
} as const
export type IptcName = (typeof NAMES)[keyof typeof NAMES]
const names: ReadonlyMap<number, IptcName> = new Map(
  Object.entries(NAMES).map(([dataset, name]) => [Number(dataset), name]),
)

const LISTS: ReadonlySet<IptcName> = new Set(['keywords', 'supplemental_categories', 'creator'])
const MARKER = 0x1c
const MAX_DATASETS = 2000

/**
 * Reads the application record of an IPTC-IIM block. Texts are decoded as the block declares it (1:90): `ESC % G` for UTF-8
 * and `ESC . A` or `ESC - A` for Latin-1 are the two that occur; a block that declares nothing, or UTF-8 falsely, is taken
 * by what its bytes look like. Ends at the first thing that is no dataset. Never throws.
 * Source: IPTC-NAA Information Interchange Model 4.2, sections 1.5 (dataset) and 1:90.
 */
export function iptcFacts(block: Uint8Array): IptcFacts {
  const found = new Map<IptcName, string[]>()
  let decode = decodeText
  for (const { record, dataset, bytes } of datasets(block)) {
    if (record === 1 && dataset === 90) decode = decoderFor(bytes)
    const name = record === 2 ? names.get(dataset) : undefined
    if (name === undefined || bytes.length > MAX_TEXT * 4) continue
    const text = plainText(decode(bytes))
    if (text === null) continue
    const texts = found.get(name)
    if (texts === undefined) found.set(name, [text])
    else if (LISTS.has(name)) texts.push(text)
  }
  return found
}

/** As plain JSON: lists for what may occur more than once, else the first text. */
export function iptcJson(facts: IptcFacts): Record<string, Json> {
  const json: Record<string, Json> = {}
  for (const [name, texts] of facts) {
    const [first] = texts
    if (first !== undefined) json[name] = LISTS.has(name) ? plainTexts(texts) : first
  }
  return json
}

function decoderFor(declared: Uint8Array): (bytes: Uint8Array) => string {
  const [start, first, second] = declared
  const latin1 = start === 0x1b && (first === 0x2e || first === 0x2d) && second === 0x41
  return latin1 ? decodeWindows1252 : decodeText
}

interface Dataset {
  readonly record: number
  readonly dataset: number
  readonly bytes: Uint8Array
}

function* datasets(block: Uint8Array): Generator<Dataset> {
  let at = 0
  for (let count = 0; count < MAX_DATASETS && at + 5 <= block.length; count++) {
    if (block[at] !== MARKER) return
    const size = ((block[at + 3] ?? 0) << 8) | (block[at + 4] ?? 0)
    let length = size
    let start = at + 5
    if (size > 0x7fff) {
      // An extended dataset: the length of the length, then the length.
      const digits = size & 0x7fff
      if (digits > 4 || start + digits > block.length) return
      length = block.subarray(start, start + digits).reduce((sum, byte) => sum * 256 + byte, 0)
      start += digits
    }
    if (start + length > block.length) return
    const bytes = block.subarray(start, start + length)
    yield { record: block[at + 1] ?? 0, dataset: block[at + 2] ?? 0, bytes }
    at = start + length
  }
}
