import { isTimeField, type RowGroups } from '../../../shared/domain/arrangement.ts'
import type { SortField } from '../../../shared/domain/query.ts'
import type { GridLayout } from './gridLayout.ts'

/** A place to jump to: where it is in the content, and the key of what begins there. */
export interface Mark {
  readonly top: number
  readonly key: string
}

/** A mark on the track. */
export interface TrackLabel {
  /** From the upper end of the track, in CSS pixels. */
  readonly at: number
  readonly key: string
  /** A year among months: written where there is room for few. */
  readonly major: boolean
}

/** Nearer to each other than this, texts can't be told apart (CSS pixels). */
const ROOM = { major: 22, minor: 16 } as const

/** Where each mark is in the content of a layout, in its order. */
export function marksOf(layout: GridLayout, marks: RowGroups): readonly Mark[] {
  return Array.from(marks.starts, (start, index) => {
    const group = layout.groupCount === 0 ? -1 : layout.groupOf(start)
    // With the heading of the group that begins there.
    const top = group >= 0 && layout.groupStart(group) === start ? layout.groupTop(group) : layout.place(start).y
    return { top, key: marks.keys[index] ?? '' }
  })
}

/**
 * The marks that there is room to write on a track: years first, then what fits between them.
 * @param length of the track, in CSS pixels
 * @param height of the content
 */
export function labelsOf(
  marks: readonly Mark[],
  field: SortField,
  length: number,
  height: number,
): readonly TrackLabel[] {
  if (height <= 0 || length <= 0) return []
  const placed = marks.map(({ top, key }) => ({ at: (top / height) * length, key }))
  if (!isTimeField(field))
    return spread(
      [],
      placed.map((label) => ({ ...label, major: true })),
      ROOM.major,
      length,
    )
  const years = placed
    .filter(({ key }, index) => key.slice(0, 4) !== placed[index - 1]?.key.slice(0, 4))
    .map(({ at, key }) => ({ at, key: key.slice(0, 4), major: true }))
  const months = placed.map((label) => ({ ...label, major: false }))
  return spread(spread([], years, ROOM.major, length), months, ROOM.minor, length)
}

/** Adds those of `more` that keep their distance from all others, from the top down. Both in the order of the track. */
function spread(
  there: readonly TrackLabel[],
  more: readonly TrackLabel[],
  room: number,
  length: number,
): readonly TrackLabel[] {
  const all: TrackLabel[] = []
  let next = 0
  for (const label of more) {
    for (let kept = there[next]; kept !== undefined && kept.at <= label.at; kept = there[++next]) all.push(kept)
    const before = all.at(-1)
    const after = there[next]
    const fits =
      label.at <= length - room / 2 &&
      (before === undefined || label.at - before.at >= room) &&
      (after === undefined || after.at - label.at >= room)
    if (fits) all.push(label)
  }
  return [...all, ...there.slice(next)]
}

/** The mark that a place of the content belongs to; -1 before the first. */
export function markAt(marks: readonly Mark[], content: number): number {
  let low = -1
  let high = marks.length - 1
  while (low < high) {
    const middle = low + Math.ceil((high - low) / 2)
    if ((marks[middle]?.top ?? 0) <= content) low = middle
    else high = middle - 1
  }
  return low
}
