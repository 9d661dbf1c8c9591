import { TAG_SEPARATOR } from '../../../../../shared/domain/tag.ts'

/** More of one file are not what a person wrote. */
const MOST_TAGS = 200

/** What a file says of its own order. */
export interface CarriedOrder {
  /** As they are typed: levels stand between slashes. Each once, whatever its case. */
  readonly tags: readonly string[]
  /** 0 for none. */
  readonly rating: number
}

/**
 * Keywords and stars in what was read from a file and the sidecar beside it. A keyword that is the end of a path
 * (`lr:hierarchicalSubject`, levels between bars, as Lightroom and digiKam write it) is told by the path alone.
 * @param metadata of an asset, from any file: nothing in it is taken for granted
 */
export function carriedOrder(metadata: unknown): CarriedOrder {
  const descriptive = fieldOf(metadata, 'descriptive')
  const paths = textsOf(fieldOf(fieldOf(metadata, 'xmp'), 'lr:hierarchicalSubject')).map((path) =>
    path
      .split('|')
      .map((name) => withoutLevels(name.trim()))
      .filter((name) => name !== ''),
  )
  const levels = new Set(paths.flat().map(keyOf))
  const plain = textsOf(fieldOf(descriptive, 'keywords'))
    .map((name) => withoutLevels(name.trim()))
    .filter((name) => name !== '' && !levels.has(keyOf(name)))
  const tags = new Map<string, string>()
  for (const tag of [...paths.filter(endsThere).map((path) => path.join(TAG_SEPARATOR)), ...plain]) {
    if (tag !== '' && tags.size < MOST_TAGS && !tags.has(keyOf(tag))) tags.set(keyOf(tag), tag)
  }
  const rating = fieldOf(descriptive, 'rating')
  const isRating = typeof rating === 'number' && Number.isInteger(rating) && rating >= 1 && rating <= 5
  return { tags: [...tags.values()], rating: isRating ? rating : 0 }
}

/** Lightroom also names each level above as a path of its own: the longest says it all. */
function endsThere(path: readonly string[], _index: number, all: readonly (readonly string[])[]): boolean {
  return !all.some(
    (other) => other.length > path.length && path.every((name, level) => keyOf(name) === keyOf(other[level] ?? '')),
  )
}

/** The name as one of one level: a slash means nothing in a keyword. */
export function withoutLevels(name: string): string {
  return name.replaceAll(TAG_SEPARATOR, '∕')
}

function keyOf(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined
}

function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value])
    .slice(0, MOST_TAGS)
    .filter((text): text is string => typeof text === 'string')
}
