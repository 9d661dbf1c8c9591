/** What a pattern can say of an asset. Null where it is not known; then nothing stands in its place. */
export interface NameFacts {
  /** The file's own name, with or without its ending. */
  readonly fileName: string
  readonly title: string | null
  /** When it was made, ms since the epoch. */
  readonly madeAt: number
  readonly model: string | null
  readonly generator: string | null
  readonly seed: string | null
  readonly rating: number
  readonly width: number | null
  readonly height: number | null
}

/** The fields of a pattern, in the order in which a person is offered them. */
export const nameFields = [
  'name',
  'title',
  'number',
  'date',
  'time',
  'model',
  'generator',
  'seed',
  'rating',
  'width',
  'height',
] as const
export type NameField = (typeof nameFields)[number]

/** Bytes of UTF-8 that every file system takes in one name, with room for an ending and for what tells equal names apart. */
const MAX_BYTES = 200
const field = /\{([a-z]+)(?::(\d))?\}/g
/** Names that Windows keeps for devices. Source: Microsoft, "Naming Files, Paths, and Namespaces". */
const device = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/** The first thing in a pattern that is no field, as it stands there; null when all of it can be understood. */
export function unknownField(pattern: string): string | null {
  for (const [found] of pattern.matchAll(/\{[^{}]*\}?|\}/g)) {
    const [, name] = /^\{([a-z]+)(?::\d)?\}$/.exec(found) ?? []
    if (!(nameFields as readonly string[]).includes(name ?? '')) return found
    if (found.includes(':') && name !== 'number') return found
  }
  return null
}

/**
 * A name made of a pattern: `{name}`, `{date}`, … stand for what they say, `{number:3}` for a number of at least three
 * digits, everything else for itself. Without an ending, and such that every file system takes it.
 * @param number counts from 1 through those that are named together
 */
export function fillPattern(pattern: string, facts: NameFacts, number: number): string {
  const filled = pattern.replace(field, (whole, name: string, digits: string | undefined) => {
    if (!(nameFields as readonly string[]).includes(name)) return whole
    return textOf(name as NameField, facts, number, Number(digits ?? 1))
  })
  return safeName(filled)
}

/** A name without its ending. What begins with its only dot has none. */
export function stemOf(fileName: string): string {
  const dot = fileName.lastIndexOf('.')
  return dot <= 0 ? fileName : fileName.slice(0, dot)
}

function textOf(name: NameField, facts: NameFacts, number: number, digits: number): string {
  switch (name) {
    case 'name':
      return stemOf(facts.fileName)
    case 'title':
      return facts.title ?? stemOf(facts.fileName)
    case 'number':
      return String(number).padStart(digits, '0')
    case 'date':
      return localDate(facts.madeAt)
    case 'time':
      return localTime(facts.madeAt)
    case 'model':
      return facts.model ?? ''
    case 'generator':
      return facts.generator ?? ''
    case 'seed':
      return facts.seed ?? ''
    case 'rating':
      return String(facts.rating)
    case 'width':
      return facts.width === null ? '' : String(facts.width)
    case 'height':
      return facts.height === null ? '' : String(facts.height)
  }
}

const two = (value: number): string => String(value).padStart(2, '0')

function localDate(at: number): string {
  const date = new Date(at)
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

function localTime(at: number): string {
  const date = new Date(at)
  return `${two(date.getHours())}-${two(date.getMinutes())}-${two(date.getSeconds())}`
}

/** What is left of a text when nothing stands in it that a file system refuses. Never empty. */
export function safeName(text: string): string {
  const plain = text
    .normalize('NFC')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    .replace(/[\u0000-\u001f\u007f<>:"/\\|?*]/g, '-')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  const short = withinBytes(plain).replace(/[\s.]+$/, '')
  if (short === '') return 'unnamed'
  return device.test(short) ? `_${short}` : short
}

/** In UTF-8. */
function bytesOf(codePoint: number): number {
  if (codePoint < 0x80) return 1
  if (codePoint < 0x800) return 2
  return codePoint < 0x10000 ? 3 : 4
}

function withinBytes(text: string): string {
  let bytes = 0
  let kept = ''
  for (const character of text) {
    bytes += bytesOf(character.codePointAt(0) ?? 0)
    if (bytes > MAX_BYTES) break
    kept += character
  }
  return kept
}
