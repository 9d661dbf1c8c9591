import type { Tag } from '../../../shared/domain/tag.ts'

const MOST = 6

/**
 * Tags to offer for what has been typed: names that begin with it, then names with a part that begins with it
 * (`palette/warm` for "wa"), then names that contain it; the most used first. Tags that the asset has are left out.
 */
export function tagCompletion(
  typed: string,
  tags: readonly Pick<Tag, 'name' | 'asset_count'>[],
  present: readonly string[],
): readonly string[] {
  const wanted = typed.trim().toLocaleLowerCase()
  if (wanted === '') return []
  const taken = new Set(present.map((name) => name.toLocaleLowerCase()))
  const rank = (name: string): number => {
    const lower = name.toLocaleLowerCase()
    if (lower.startsWith(wanted)) return 0
    if (lower.split(/[\s/_-]+/).some((part) => part.startsWith(wanted))) return 1
    return lower.includes(wanted) ? 2 : 3
  }
  return tags
    .filter((tag) => !taken.has(tag.name.toLocaleLowerCase()))
    .map((tag) => ({ tag, rank: rank(tag.name) }))
    .filter((candidate) => candidate.rank < 3)
    .sort((a, b) => a.rank - b.rank || b.tag.asset_count - a.tag.asset_count || a.tag.name.localeCompare(b.tag.name))
    .slice(0, MOST)
    .map((candidate) => candidate.tag.name)
}

/** The tags in a line that a person typed or pasted: split at commas, trimmed, without blanks or repeats. */
export function typedTags(text: string): readonly string[] {
  return [...new Set(text.split(',').map((part) => part.trim().replace(/\s+/g, ' ')))].filter((part) => part !== '')
}
