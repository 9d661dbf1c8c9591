import { type DragEvent, type RefObject, useRef, useState } from 'react'
import { useDensity } from '../../../state/density.ts'
import { type Drop, dropPlace, type TreePlace, type TreeRules } from './dropPlace.ts'
import type { TreeItem, TreeRow } from './treeRows.ts'

/** How far a line is indented for each level, CSS pixels. */
export const INDENT = 14
/** A closed branch opens when something is held over it for this long. */
const OPEN_AFTER_MS = 700

/** What can be dragged in a tree, and dropped onto its lines. */
export interface TreeDrag<T extends TreeItem> extends TreeRules<T> {
  /** Marks what is dragged from here, so that nothing else takes it. */
  readonly type: string
  /** False while only a part of the tree is shown, when there is no "between". */
  readonly ordered: boolean
  canMove(item: T): boolean
  move(id: string, place: TreePlace): void
  /** With Shift held, what is dropped onto an item becomes one with it. */
  readonly merge?: (id: string, into: string) => void
  /** Whether a line takes what comes from elsewhere: assets, files. */
  accepts(event: DragEvent, item: T): boolean
  drop(event: DragEvent, item: T): void
}

/** What a drop would do now. */
export type DropMark =
  | Drop
  | { readonly kind: 'take'; readonly on: string }
  | { readonly kind: 'merge'; readonly on: string }

/** The id of what is dragged in any tree; the data of a drag can't be read while it goes on. */
let dragged: string | null = null

/** Dragging within a tree and onto it. */
export function useTreeDrag<T extends TreeItem>(
  list: RefObject<HTMLElement | null>,
  rows: readonly TreeRow<T>[],
  drag: TreeDrag<T>,
  onOpen: (id: string) => void,
) {
  const [mark, setMark] = useState<DropMark | null>(null)
  const hover = useRef<{ readonly id: string; readonly timer: ReturnType<typeof setTimeout> } | null>(null)

  const rest = (row: TreeRow<T> | null) => {
    const id = row?.hasChildren && !row.open ? row.item.id : null
    if (hover.current?.id === id) return
    clearTimeout(hover.current?.timer)
    hover.current = id === null ? null : { id, timer: setTimeout(() => onOpen(id), OPEN_AFTER_MS) }
  }
  const leave = () => {
    rest(null)
    setMark(null)
  }

  const markOf = (event: DragEvent): { readonly mark: DropMark; readonly row: TreeRow<T> } | null => {
    const box = list.current?.getBoundingClientRect()
    if (box === undefined) return null
    const line = (event.clientY - box.top) / useDensity.getState().line
    const index = Math.min(rows.length - 1, Math.max(0, Math.floor(line)))
    const row = rows[index]
    if (row === undefined) return null
    rest(row)
    if (dragged === null || !event.dataTransfer.types.includes(drag.type)) {
      return drag.accepts(event, row.item) ? { mark: { kind: 'take', on: row.item.id }, row } : null
    }
    if (drag.merge !== undefined && event.shiftKey) {
      return row.item.id === dragged ? null : { mark: { kind: 'merge', on: row.item.id }, row }
    }
    const part = drag.ordered ? Math.min(1, Math.max(0, line - index)) : 0.5
    const depth = Math.max(0, Math.floor((event.clientX - box.left - 8) / INDENT))
    const drop = dropPlace(rows, { row: index, part, depth }, dragged, drag)
    return drop === null ? null : { mark: drop, row }
  }

  const handlers = {
    onDragStart: (event: DragEvent) => {
      const row = rowAt(event, rows)
      if (row === null || !drag.canMove(row.item)) return event.preventDefault()
      dragged = row.item.id
      event.dataTransfer.effectAllowed = 'move'
      event.dataTransfer.setData(drag.type, row.item.id)
    },
    onDragEnd: () => {
      dragged = null
      leave()
    },
    onDragOver: (event: DragEvent) => {
      const found = markOf(event)
      setMark((now) => (same(now, found?.mark ?? null) ? now : (found?.mark ?? null)))
      if (found === null) return
      event.preventDefault()
      event.stopPropagation()
      event.dataTransfer.dropEffect = found.mark.kind === 'take' ? 'copy' : 'move'
    },
    onDragLeave: (event: DragEvent) => {
      if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) leave()
    },
    onDrop: (event: DragEvent) => {
      const found = markOf(event)
      const id = dragged
      leave()
      if (found === null) return
      event.preventDefault()
      event.stopPropagation()
      const { mark: what, row } = found
      if (what.kind === 'take') return drag.drop(event, row.item)
      if (id === null) return
      if (what.kind === 'merge') drag.merge?.(id, what.on)
      else drag.move(id, { parentId: what.parentId, before: what.before })
    },
  }
  return { mark, handlers }
}

/** The line that an event came from. */
export function rowAt<T extends TreeItem>(
  event: { readonly target: EventTarget },
  rows: readonly TreeRow<T>[],
): TreeRow<T> | null {
  const line = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-line]') : null
  return line?.dataset.line === undefined ? null : (rows[Number(line.dataset.line)] ?? null)
}

function same(a: DropMark | null, b: DropMark | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
