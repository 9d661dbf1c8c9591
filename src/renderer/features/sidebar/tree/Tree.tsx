import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useDensity } from '../../../state/density.ts'
import { useSelection } from '../../../state/selection.ts'
import { countText } from '../../../strings/quantities.ts'
import { ContextMenu } from '../../../ui/ContextMenu.tsx'
import type { MenuEntry } from '../../../ui/menuEntry.ts'
import { nudge } from './dropPlace.ts'
import styles from './Tree.module.css'
import { TreeLine } from './TreeLine.tsx'
import { treeKey } from './treeKeys.ts'
import { type TreeItem, treeRows } from './treeRows.ts'
import { INDENT, rowAt, type TreeDrag, useTreeDrag } from './useTreeDrag.ts'
import { useVisibleLines } from './useVisibleLines.ts'

export interface TreeProps<T extends TreeItem> {
  readonly label: string
  /** Depth-first. */
  readonly items: readonly T[]
  isOpen(id: string): boolean
  onFold(id: string, open: boolean): void
  /** What the window shows. */
  readonly current: string | null
  onShow(item: T): void
  icon(item: T): ReactNode
  count(item: T): ReactNode
  /** More than its name, for the tooltip. */
  hint(item: T): string
  menu(item: T): readonly MenuEntry[]
  readonly drag: TreeDrag<T>
  /** What is being renamed, and the field for its name. */
  readonly renaming: { readonly id: string; readonly field: ReactNode } | null
  onRename(item: T): void
  onDelete(item: T): void
}

/** A tree of any size: folded, ordered and nested by mouse or keyboard. Only the lines in sight are in the page. */
export function Tree<T extends TreeItem>(props: TreeProps<T>) {
  const { label, items, isOpen, onFold, current, onShow, menu, drag, renaming } = props
  const base = useId()
  const list = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => treeRows(items, isOpen), [items, isOpen])
  const lineHeight = useDensity((density) => density.line)
  const { first, end, reveal } = useVisibleLines(list, rows.length)
  const [cursor, setCursor] = useState<string | null>(null)
  const { mark, handlers } = useTreeDrag(list, rows, drag, (id) => onFold(id, true))

  const at = rows.findIndex(({ item }) => item.id === (cursor ?? current))
  const index = at < 0 ? 0 : at
  const shownAt = current === null ? -1 : rows.findIndex(({ item }) => item.id === current)
  useEffect(() => {
    if (shownAt >= 0) reveal(shownAt)
  }, [shownAt, reveal])
  // Only lines in sight are in the page, and a field that isn't can't take the keyboard.
  const namedAt = renaming === null ? -1 : rows.findIndex(({ item }) => item.id === renaming.id)
  useEffect(() => {
    if (namedAt >= 0) reveal(namedAt)
  }, [namedAt, reveal])

  const onKeyDown = (event: KeyboardEvent) => {
    const key = treeKey(rows, index, event)
    const row = rows[index]
    if (key === null || row === undefined || event.target !== event.currentTarget) return
    // What is selected in the grid is what Delete means, as everywhere else in the window.
    if (key.kind === 'delete' && useSelection.getState().selected.size > 0) return
    event.preventDefault()
    event.stopPropagation()
    const { item } = row
    switch (key.kind) {
      case 'go':
        setCursor(rows[key.index]?.item.id ?? null)
        return reveal(key.index)
      case 'fold':
        return onFold(item.id, key.open)
      case 'nudge': {
        const place = drag.ordered ? nudge(items, item.id, key.step, drag) : null
        if (place === null) return
        setCursor(item.id)
        if (place.parentId !== null) onFold(place.parentId, true)
        return drag.move(item.id, place)
      }
      case 'show':
        return onShow(item)
      case 'rename':
        return props.onRename(item)
      case 'delete':
        return props.onDelete(item)
    }
  }

  const lineId = (line: number) => `${base}-${rows[line]?.item.id}`
  const entries = () => {
    const row = rows[index]
    return row === undefined ? [] : menu(row.item)
  }

  return (
    <ContextMenu entries={entries}>
      <div
        ref={list}
        className={styles.tree}
        role="tree"
        aria-label={label}
        tabIndex={0}
        aria-activedescendant={index >= first && index < end ? lineId(index) : undefined}
        style={{ height: rows.length * lineHeight }}
        onKeyDown={onKeyDown}
        onContextMenuCapture={(event) => {
          const row = rowAt(event, rows)
          if (row !== null) setCursor(row.item.id)
        }}
        onClick={(event) => {
          const row = rowAt(event, rows)
          if (row === null || renaming?.id === row.item.id) return
          setCursor(row.item.id)
          onShow(row.item)
        }}
        onDoubleClick={(event) => {
          const row = rowAt(event, rows)
          if (row !== null) props.onRename(row.item)
        }}
        {...handlers}
      >
        {rows.slice(first, end).map((row, offset) => (
          <TreeLine
            key={row.item.id}
            id={lineId(first + offset)}
            line={first + offset}
            lineHeight={lineHeight}
            row={row}
            current={row.item.id === current}
            cursor={first + offset === index}
            drop={mark !== null && dropOn(mark, row.item.id)}
            movable={drag.canMove(row.item)}
            icon={props.icon(row.item)}
            count={props.count(row.item)}
            hint={props.hint(row.item)}
            field={renaming?.id === row.item.id ? renaming.field : null}
            onFold={onFold}
          />
        ))}
        {mark?.kind === 'between' ? (
          <div
            className={styles.between}
            style={{ top: mark.edge * lineHeight - 1, left: 8 + mark.depth * INDENT }}
            data-testid="drop-line"
          />
        ) : null}
      </div>
    </ContextMenu>
  )
}

/** How many, at the end of a line; nothing for none. */
export function countOf(count: number | null): ReactNode {
  return count === null || count === 0 ? null : <span className={styles.count}>{countText(count)}</span>
}

function dropOn(mark: NonNullable<ReturnType<typeof useTreeDrag>['mark']>, id: string): 'into' | 'merge' | false {
  switch (mark.kind) {
    case 'take':
      return mark.on === id && 'into'
    case 'merge':
      return mark.on === id && 'merge'
    case 'inside':
      return mark.parentId === id && 'into'
    case 'between':
      return false
  }
}
