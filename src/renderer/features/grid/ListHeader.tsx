import { ArrowDown, ArrowUp, Columns3 } from 'lucide-react'
import { type DragEvent, type KeyboardEvent, useState } from 'react'
import type { SortField } from '../../../shared/domain/query.ts'
import { setSort, useBrowse, usualDirection } from '../../state/browse.ts'
import {
  type ListFact,
  listFacts,
  moveColumn,
  resetColumns,
  toggleColumn,
  useListColumns,
} from '../../state/listColumns.ts'
import { grid } from '../../strings/grid.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { ColumnEdge } from './ColumnEdge.tsx'
import styles from './ListHeader.module.css'
import { fittingColumns, numericFacts, sortOfFact, templateOf } from './listColumns.ts'

/**
 * The names of the columns above the rows: a press orders by one, another press turns the order around, an edge makes it
 * wider, a drag (or Ctrl, Shift and an arrow) puts it elsewhere.
 */
export function ListHeader({ width }: { readonly width: number }) {
  const all = useListColumns((list) => list.columns)
  const columns = fittingColumns(all, width)
  const [dragged, setDragged] = useState<ListFact | null>(null)

  const moveBy = (fact: ListFact, step: number) => {
    const at = all.findIndex((column) => column.fact === fact)
    const others = all.filter((column) => column.fact !== fact)
    moveColumn(fact, others[Math.max(0, at + step)]?.fact ?? null)
  }
  return (
    <div
      className={styles.header}
      style={{ width, gridTemplateColumns: templateOf(columns) }}
      data-testid="list-header"
    >
      <span />
      <ColumnName label={grid.columnName} field="file_name" />
      <Menu
        align="end"
        entries={[
          { kind: 'heading', label: grid.columns },
          ...listFacts.map((fact) => ({
            kind: 'choice' as const,
            label: grid.fact(fact),
            checked: all.some((column) => column.fact === fact),
            onSelect: () => toggleColumn(fact),
          })),
          { kind: 'separator' },
          { kind: 'action', label: grid.usualColumns, onSelect: resetColumns },
        ]}
      >
        <IconButton label={grid.columns} size="s" className={styles.choose}>
          <Columns3 />
        </IconButton>
      </Menu>
      {columns.map(({ fact, width }) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: the button inside has the same by keyboard
        <div
          key={fact}
          className={styles.cell}
          data-end={numericFacts.has(fact) || undefined}
          data-dragged={dragged === fact || undefined}
          draggable
          onDragStart={(event) => {
            event.dataTransfer.setData('text/x-vitrine-column', fact)
            event.dataTransfer.effectAllowed = 'move'
            setDragged(fact)
          }}
          onDragEnd={() => setDragged(null)}
          onDragOver={(event: DragEvent) => {
            if (dragged === null || dragged === fact) return
            event.preventDefault()
            moveColumn(dragged, placeFor(dragged, fact, all))
          }}
          onKeyDown={(event: KeyboardEvent) => {
            if (!(event.ctrlKey || event.metaKey) || !event.shiftKey) return
            if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
            event.preventDefault()
            moveBy(fact, event.key === 'ArrowLeft' ? -1 : 1)
          }}
        >
          <ColumnName label={grid.fact(fact)} field={sortOfFact[fact]} />
          <ColumnEdge fact={fact} width={width} />
        </div>
      ))}
    </div>
  )
}

/** Where a dragged column goes when it is over another one: before one on its left, behind one on its right. */
function placeFor(dragged: ListFact, over: ListFact, all: readonly { readonly fact: ListFact }[]): ListFact | null {
  const from = all.findIndex(({ fact }) => fact === dragged)
  const to = all.findIndex(({ fact }) => fact === over)
  return to < from ? over : (all[to + 1]?.fact ?? null)
}

function ColumnName({ label, field }: { readonly label: string; readonly field: SortField | null }) {
  const sort = useBrowse((browse) => browse.sort)
  if (field === null) return <span className={styles.column}>{label}</span>
  const current = sort.field === field
  const Arrow = sort.direction === 'asc' ? ArrowUp : ArrowDown
  const turned = sort.direction === 'asc' ? 'desc' : 'asc'
  return (
    <button
      type="button"
      className={styles.column}
      aria-pressed={current}
      onClick={() => setSort({ field, direction: current ? turned : usualDirection(field) })}
    >
      <span className={styles.label}>{label}</span>
      {current ? <Arrow aria-hidden="true" /> : null}
    </button>
  )
}
