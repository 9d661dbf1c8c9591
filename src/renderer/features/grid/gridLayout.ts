/** Where a cell is, in CSS pixels from the top left of the content. */
export interface Place {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Where every cell of a view is: rows of neighbours, without an object for each cell. */
export interface GridLayout {
  readonly count: number
  readonly rowCount: number
  /** Of all rows together. */
  readonly height: number
  /** The index of the first cell of a row; `count` for the row after the last. */
  rowStart(row: number): number
  rowTop(row: number): number
  rowHeight(row: number): number
  rowOf(index: number): number
  place(index: number): Place
  /** How many groups the rows are divided into; 0 when they are not. */
  readonly groupCount: number
  /** The index of the first cell of a group; `count` for the group after the last. */
  groupStart(group: number): number
  /** Where the heading of a group is; the height of all for the group after the last. */
  groupTop(group: number): number
  groupOf(index: number): number
}

/** Where groups begin, and how much room the heading of each takes. */
export interface Grouped {
  /** Ascending, the first is 0; at most one group a cell. */
  readonly starts: Int32Array
  /** In CSS pixels. */
  readonly heading: number
}

/** Wider and higher pictures than this are cropped in their cell, so that one panorama doesn't become a hairline. */
const ASPECT = { min: 0.4, max: 4 } as const

/** A row that would have to be higher than this many times its height to fill the width stays as it is. */
const LOOSE = 1.05

/**
 * Rows of pictures of equal height that fill the width exactly; the last row of each group keeps the wished height. One pass
 * over the aspects with three numbers kept for each row, so a million assets are laid out in some milliseconds.
 * @param aspects width divided by height of each picture
 * @param wished row height in CSS pixels that the rows come close to
 */
export function justifiedLayout(
  aspects: Float32Array,
  width: number,
  wished: number,
  gap: number,
  grouped: Grouped | null = null,
): GridLayout {
  const count = aspects.length
  const groups = groupsOf(grouped, count)
  const starts = new Int32Array(count + 1)
  const tops = new Float64Array(count + 1)
  const heights = new Int32Array(count)
  let rowCount = 0
  let top = 0
  let start = 0

  const endRow = (end: number, height: number) => {
    starts[rowCount] = start
    tops[rowCount] = top
    heights[rowCount] = height
    rowCount++
    top += height + gap
    start = end
  }

  const room = Math.max(1, width)
  let sum = 0
  let group = 0
  let groupEnd = groups.startOf(0)
  for (let index = 0; index < count; index++) {
    if (index === groupEnd) {
      if (start < index) endRow(index, Math.round(wished))
      groups.tops[group] = top
      top += groups.heading
      groupEnd = groups.startOf(++group)
      sum = 0
    }
    const aspect = clampAspect(aspects[index] ?? 1)
    const before = heightOf(room, gap, index - start, sum)
    sum += aspect
    const after = heightOf(room, gap, index - start + 1, sum)
    if (after > wished) continue
    // Full: the row ends after this picture or before it, whichever comes closer to the wished height.
    if (index > start && before - wished < wished - after) {
      endRow(index, Math.round(before))
      sum = aspect
      if (heightOf(room, gap, 1, sum) > wished) continue
      endRow(index + 1, Math.max(1, Math.round(heightOf(room, gap, 1, sum))))
    } else {
      endRow(index + 1, Math.max(1, Math.round(after)))
    }
    sum = 0
  }
  if (start < count) endRow(count, Math.round(wished))
  starts[rowCount] = count
  tops[rowCount] = top

  const rowStarts = starts.slice(0, rowCount + 1)
  const rowTops = tops.slice(0, rowCount + 1)
  const rowHeights = heights.slice(0, rowCount)
  const rowStart = (row: number) => rowStarts[row] ?? count
  const rowTop = (row: number) => rowTops[row] ?? 0
  const rowHeight = (row: number) => rowHeights[row] ?? 0
  const rowOf = (index: number) => lastAtMost(rowStarts, index, rowCount)
  const height = Math.max(0, top - gap)

  return {
    count,
    rowCount,
    height,
    rowStart,
    rowTop,
    rowHeight,
    rowOf,
    ...groups.of(height),
    place: (index) => {
      const row = rowOf(index)
      const first = rowStart(row)
      const end = rowStart(row + 1)
      const height = rowHeight(row)
      let before = 0
      let all = 0
      for (let i = first; i < end; i++) {
        const aspect = clampAspect(aspects[i] ?? 1)
        if (i < index) before += aspect
        all += aspect
      }
      // A full row is divided by shares, because its height was rounded; an unfilled last row keeps its height.
      const full = (room - gap * (end - first - 1)) / all
      const scale = full > height * LOOSE ? height : full
      const x = Math.round(before * scale) + gap * (index - first)
      const right = Math.round((before + clampAspect(aspects[index] ?? 1)) * scale) + gap * (index - first)
      return { x, y: rowTop(row), width: Math.max(1, Math.min(right, room) - x), height }
    },
  }
}

/** Cells of one size in rows of `columns`, each group in rows of its own. */
export function uniformLayout(
  count: number,
  columns: number,
  cell: { readonly width: number; readonly height: number },
  gap: number,
  grouped: Grouped | null = null,
): GridLayout {
  const groups = groupsOf(grouped, count)
  const step = cell.height + gap
  const sections = Math.max(1, groups.count)
  /** The first row of each section (a group, or all), and where that row is. */
  const firstRows = new Int32Array(sections + 1)
  const firstTops = new Float64Array(sections)
  let top = 0
  let rowCount = 0
  for (let section = 0; section < sections; section++) {
    firstRows[section] = rowCount
    if (groups.count > 0) {
      groups.tops[section] = top
      top += groups.heading
    }
    firstTops[section] = top
    const from = groups.count > 0 ? groups.startOf(section) : 0
    const to = groups.count > 0 ? groups.startOf(section + 1) : count
    const rows = Math.ceil((to - from) / columns)
    rowCount += rows
    top += rows * step
  }
  firstRows[sections] = rowCount
  const startOf = (section: number) => (groups.count > 0 ? groups.startOf(section) : section === 0 ? 0 : count)
  const sectionOf = (row: number) => lastAtMost(firstRows, row, sections)
  const rowTop = (row: number) => {
    const section = sectionOf(row)
    return (firstTops[section] ?? 0) + (row - (firstRows[section] ?? 0)) * step
  }
  const locate = (index: number) => {
    const section = groups.groupOf(index)
    const within = index - startOf(section)
    return { section, row: (firstRows[section] ?? 0) + Math.floor(within / columns), column: within % columns }
  }
  const height = Math.max(0, top - gap)
  return {
    count,
    rowCount,
    height,
    rowStart: (row) => {
      if (row >= rowCount) return count
      const section = sectionOf(row)
      return Math.min(startOf(section + 1), startOf(section) + (row - (firstRows[section] ?? 0)) * columns)
    },
    rowTop,
    rowHeight: () => cell.height,
    rowOf: (index) => locate(index).row,
    ...groups.of(height),
    place: (index) => {
      const { row, column } = locate(index)
      return { x: Math.round(column * (cell.width + gap)), y: rowTop(row), width: cell.width, height: cell.height }
    },
  }
}

/** Groups while a layout is made, and then as part of it. */
function groupsOf(grouped: Grouped | null, count: number) {
  const starts = count === 0 ? new Int32Array() : (grouped?.starts ?? new Int32Array())
  const tops = new Float64Array(starts.length)
  const groupOf = (index: number) => lastAtMost(starts, index, starts.length)
  const startOf = (group: number) => starts[group] ?? count
  return {
    count: starts.length,
    heading: grouped?.heading ?? 0,
    tops,
    groupOf,
    startOf,
    of: (height: number) => ({
      groupCount: starts.length,
      groupStart: startOf,
      groupTop: (group: number) => tops[group] ?? height,
      groupOf,
    }),
  }
}

/** As many squares in a row as fit at about the wished side, stretched to fill it; `caption` is added to the height. */
export function squareLayout(
  count: number,
  width: number,
  wished: number,
  gap: number,
  caption: number,
  grouped: Grouped | null = null,
): GridLayout {
  const columns = Math.max(1, Math.round((width + gap) / (wished + gap)))
  const side = Math.max(1, Math.floor((width - gap * (columns - 1)) / columns))
  return uniformLayout(count, columns, { width: side, height: side + caption }, gap, grouped)
}

/** The rows that touch the span from `top` to `bottom`; empty (first > last) when there is none. */
export function rowsBetween(layout: GridLayout, top: number, bottom: number): { first: number; last: number } {
  if (layout.rowCount === 0) return { first: 0, last: -1 }
  const first = rowAt(layout, top)
  return { first, last: rowAt(layout, bottom) }
}

/** The row at a height, or the nearest one. */
export function rowAt(layout: GridLayout, y: number): number {
  let low = 0
  let high = layout.rowCount - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (layout.rowTop(middle) <= y) low = middle
    else high = middle - 1
  }
  return low
}

/** The indexes of all cells that a rectangle touches, in order. */
export function indexesTouching(layout: GridLayout, rect: Place): number[] {
  const found: number[] = []
  const { first, last } = rowsBetween(layout, rect.y, rect.y + rect.height)
  for (let row = first; row <= last; row++) {
    if (layout.rowTop(row) + layout.rowHeight(row) < rect.y) continue
    for (let index = layout.rowStart(row); index < layout.rowStart(row + 1); index++) {
      const place = layout.place(index)
      if (place.x <= rect.x + rect.width && place.x + place.width >= rect.x) found.push(index)
    }
  }
  return found
}

/** A file without a known size has aspect 1; what is not a number at all is drawn as a square too. */
function clampAspect(aspect: number): number {
  return aspect > 0 ? Math.min(ASPECT.max, Math.max(ASPECT.min, aspect)) : 1
}

function heightOf(width: number, gap: number, cells: number, aspects: number): number {
  return cells === 0 ? Number.POSITIVE_INFINITY : (width - gap * (cells - 1)) / aspects
}

/** The position of the last of the first `length` ascending values that is at most `value`. */
function lastAtMost(values: Int32Array, value: number, length: number): number {
  let low = 0
  let high = Math.max(0, length - 1)
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((values[middle] ?? 0) <= value) low = middle
    else high = middle - 1
  }
  return low
}
