import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './Tree.module.css'
import type { TreeItem, TreeRow } from './treeRows.ts'
import { INDENT } from './useTreeDrag.ts'

/** Deeper ones are not indented further: the name needs the room. */
const MOST_INDENTED = 8

/** One line of a tree. Clicks, keys and drags are handled by the tree, which finds the line by `data-line`. */
export function TreeLine<T extends TreeItem>({
  id,
  line,
  lineHeight,
  row,
  current,
  cursor,
  drop,
  movable,
  icon,
  count,
  hint,
  field,
  onFold,
}: {
  readonly id: string
  readonly line: number
  readonly lineHeight: number
  readonly row: TreeRow<T>
  readonly current: boolean
  readonly cursor: boolean
  readonly drop: 'into' | 'merge' | false
  readonly movable: boolean
  readonly icon: ReactNode
  readonly count: ReactNode
  readonly hint: string
  /** Takes the place of the name while that is edited. */
  readonly field: ReactNode
  readonly onFold: (id: string, open: boolean) => void
}) {
  const { item, depth, hasChildren, open, position, siblings } = row
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree keeps the focus and points at its line (aria-activedescendant)
    <div
      id={id}
      className={styles.line}
      role="treeitem"
      aria-level={depth + 1}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-selected={current}
      {...(hasChildren ? { 'aria-expanded': open } : {})}
      data-line={line}
      data-cursor={cursor || undefined}
      data-drop={drop || undefined}
      draggable={movable && field === null}
      title={hint}
      style={{ top: line * lineHeight, paddingLeft: 2 + Math.min(depth, MOST_INDENTED) * INDENT }}
    >
      <span
        className={styles.fold}
        data-shown={hasChildren || undefined}
        data-open={open || undefined}
        aria-hidden="true"
        onClick={(event) => {
          if (!hasChildren) return
          event.stopPropagation()
          onFold(item.id, !open)
        }}
        onDoubleClick={(event) => event.stopPropagation()}
      >
        <ChevronRight />
      </span>
      {field ?? (
        <>
          {icon}
          <span className={styles.name}>{item.name}</span>
          {count}
        </>
      )}
    </div>
  )
}
