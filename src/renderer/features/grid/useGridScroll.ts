import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { RowSet } from '../../state/rowSet.ts'
import { rememberedPlace, rememberPlace } from '../../state/scrollMemory.ts'
import { type GridLayout, rowAt, rowsBetween } from './gridLayout.ts'
import { afterScroll, positionAt, type ScrollGeometry, type ScrollPosition } from './scrollScale.ts'

/** Space around the cells, in CSS pixels. */
export const GRID_PADDING = { side: 14, top: 4, bottom: 24 } as const
/** Rows this far outside of what is visible are drawn too. */
const OVERSCAN = 500
/** After this long without scrolling, a compressed scroll bar is brought back into scale. */
const SETTLE_MS = 180

/** What is drawn: rows, and what to add to their place in the content to get the place in the element. */
export interface GridWindow {
  readonly firstRow: number
  readonly lastRow: number
  readonly offset: number
}

export interface GridScroll {
  readonly window: GridWindow
  readonly geometry: ScrollGeometry
  /** Where the content stands now; read it in handlers, it changes without drawing. */
  readonly position: RefObject<ScrollPosition>
  onScroll(): void
  /** Puts a place of the content at the upper edge. */
  scrollTo(content: number): void
  /** Called whenever the content has moved or changed, until the returned function is called. */
  onMove(listener: () => void): () => void
  scrollBy(pixels: number): void
  /** Brings a cell into view with the least movement. */
  reveal(index: number): void
}

interface Shown {
  readonly layout: GridLayout
  readonly rowIds: Int32Array<ArrayBuffer>
  readonly viewId: string
}

/**
 * Scrolls a layout of any height, and keeps what a person looks at in place while the layout, the width or the assets
 * change. Each view opens where it was left.
 * @param viewId a text that is the same for the same view
 * @param headingHeight what a heading covers at the upper edge, in CSS pixels
 * @param focus the asset the keyboard is on, which is kept in place rather than the first visible one
 */
export function useGridScroll(
  scroller: RefObject<HTMLDivElement | null>,
  shown: Shown,
  viewportHeight: number,
  headingHeight: number,
  focus: number | null,
): GridScroll {
  const { layout, rowIds, viewId } = shown
  const geometry = {
    contentHeight: layout.height + GRID_PADDING.top + GRID_PADDING.bottom,
    viewportHeight,
  }
  const latest = useRef({ layout, rowIds, viewId, geometry })
  /** The view that is shown; null before the first one, which like any other opens where it was left. */
  const shownView = useRef<string | null>(null)
  const focused = useRef(focus)
  const position = useRef<ScrollPosition>({ element: 0, content: 0 })
  const settle = useRef<ReturnType<typeof setTimeout>>(undefined)
  const listeners = useRef(new Set<() => void>())
  const [window, setWindow] = useState<GridWindow>({ firstRow: 0, lastRow: -1, offset: 0 })

  const draw = useCallback(() => {
    const { layout, rowIds, viewId, geometry } = latest.current
    const { content, element } = position.current
    const top = content - GRID_PADDING.top
    const { first, last } = rowsBetween(layout, top - OVERSCAN, top + geometry.viewportHeight + OVERSCAN)
    const offset = element - content
    setWindow((old) =>
      old.firstRow === first && old.lastRow === last && old.offset === offset
        ? old
        : { firstRow: first, lastRow: last, offset },
    )
    const anchor = anchorAt(layout, rowIds, content, geometry.viewportHeight, null)
    rememberPlace(viewId, content < 4 ? null : anchor)
    for (const listener of listeners.current) listener()
  }, [])
  const onMove = useCallback((listener: () => void) => {
    listeners.current.add(listener)
    return () => void listeners.current.delete(listener)
  }, [])

  const moveTo = useCallback(
    (content: number) => {
      const next = positionAt(content, latest.current.geometry)
      if (scroller.current) {
        scroller.current.scrollTop = next.element
        position.current = { element: scroller.current.scrollTop, content: next.content }
        // Without compression both are one thing, and the browser may have rounded it.
        if (next.element === next.content)
          position.current = { ...position.current, content: scroller.current.scrollTop }
      }
      draw()
    },
    [draw, scroller],
  )

  useLayoutEffect(() => {
    // Not measured yet: a place in a layout of no size means nothing.
    if (viewportHeight === 0) return
    const before = latest.current
    const sameView = shownView.current === viewId
    shownView.current = viewId
    latest.current = { layout, rowIds, viewId, geometry: { contentHeight: geometry.contentHeight, viewportHeight } }
    const anchor = sameView
      ? position.current.content < 4
        ? undefined
        : anchorAt(
            before.layout,
            before.rowIds,
            position.current.content,
            before.geometry.viewportHeight,
            focused.current,
          )
      : rememberedPlace(viewId)
    const index = anchor ? placeAfter(before.rowIds, anchor.rowId, rowIds) : -1
    if (anchor && index >= 0) moveTo(layout.place(index).y + GRID_PADDING.top + anchor.above)
    else moveTo(sameView && anchor ? position.current.content : 0)
  }, [layout, rowIds, viewId, viewportHeight, geometry.contentHeight, moveTo])

  useEffect(() => {
    focused.current = focus
  }, [focus])
  useEffect(() => () => clearTimeout(settle.current), [])

  return {
    window,
    geometry,
    position,
    onScroll: () => {
      if (!scroller.current) return
      position.current = afterScroll(position.current, scroller.current.scrollTop, latest.current.geometry)
      draw()
      clearTimeout(settle.current)
      settle.current = setTimeout(() => {
        const settled = positionAt(position.current.content, latest.current.geometry)
        if (Math.abs(settled.element - position.current.element) > 1) moveTo(position.current.content)
      }, SETTLE_MS)
    },
    scrollTo: moveTo,
    onMove,
    scrollBy: (pixels) => moveTo(position.current.content + pixels),
    reveal: (index) => {
      const { layout, geometry } = latest.current
      if (index < 0 || index >= layout.count) return
      const place = layout.place(index)
      const top = place.y + GRID_PADDING.top
      const { content } = position.current
      // Under the heading that stays at the upper edge nothing is seen.
      const above = 8 + headingHeight
      if (top - above < content) moveTo(top - above)
      else if (top + place.height + 8 > content + geometry.viewportHeight) {
        moveTo(top + place.height + 8 - geometry.viewportHeight)
      }
    },
  }
}

/** Where an asset is among others now; the next one of those that came after it before, when it is not there any more. */
function placeAfter(before: Int32Array<ArrayBuffer>, rowId: number, after: Int32Array<ArrayBuffer>): number {
  const same = after.indexOf(rowId)
  if (same >= 0) return same
  const from = before.indexOf(rowId)
  if (from < 0) return -1
  const present = RowSet.of(after)
  for (let index = from + 1; index < before.length; index++) {
    const next = before[index] ?? 0
    if (present.has(next)) return after.indexOf(next)
  }
  return -1
}

/** The asset to keep in place: the one in focus if it is visible, else the first of the first visible row. */
function anchorAt(
  layout: GridLayout,
  rowIds: Int32Array,
  content: number,
  viewportHeight: number,
  focus: number | null,
): { rowId: number; above: number } | null {
  if (layout.count === 0) return null
  const focused = focus === null ? -1 : rowIds.indexOf(focus)
  if (focused >= 0) {
    const y = layout.place(focused).y + GRID_PADDING.top
    if (y >= content && y < content + viewportHeight) return { rowId: focus ?? 0, above: content - y }
  }
  const index = layout.rowStart(rowAt(layout, content - GRID_PADDING.top))
  const rowId = rowIds[index]
  return rowId === undefined ? null : { rowId, above: content - GRID_PADDING.top - layout.place(index).y }
}
