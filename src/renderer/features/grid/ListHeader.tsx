import { ArrowDown, ArrowUp } from 'lucide-react'
import type { SortField } from '../../../shared/domain/query.ts'
import { setSort, useBrowse, usualDirection } from '../../state/browse.ts'
import { grid } from '../../strings/grid.ts'
import { classNames } from '../../ui/classNames.ts'
import styles from './ListHeader.module.css'
import row from './ListRow.module.css'

interface Column {
  readonly label: string
  readonly field: SortField | null
  /** Numbers stand at the right edge of their column. */
  readonly end?: boolean
  /** Shown only where there is room, as in `ListRow`. */
  readonly wide?: boolean
}

const columns: readonly Column[] = [
  { label: grid.columnName, field: 'file_name' },
  { label: '', field: null },
  { label: grid.columnRating, field: 'rating', wide: true },
  { label: grid.columnType, field: null },
  { label: grid.columnDimensions, field: 'width', end: true, wide: true },
  { label: grid.columnSize, field: 'file_size_bytes', end: true },
  { label: grid.columnImported, field: 'imported_at', wide: true },
]

/** The names of the columns above the rows; pressing one sorts by it, pressing it again turns the order around. */
export function ListHeader({ width }: { readonly width: number }) {
  const sort = useBrowse((browse) => browse.sort)
  return (
    <div className={classNames(row.row, styles.header)} style={{ width }}>
      <span />
      {columns.map(({ label, field, end, wide }) => {
        const marks = { className: styles.column, 'data-end': end, 'data-wide': wide }
        if (field === null) {
          return (
            <span key={label} {...marks}>
              {label}
            </span>
          )
        }
        const current = sort.field === field
        const Arrow = sort.direction === 'asc' ? ArrowUp : ArrowDown
        const turned = sort.direction === 'asc' ? 'desc' : 'asc'
        return (
          <button
            key={label}
            type="button"
            {...marks}
            aria-pressed={current}
            onClick={() => setSort({ field, direction: current ? turned : usualDirection(field) })}
          >
            {label}
            {current ? <Arrow aria-hidden="true" /> : null}
          </button>
        )
      })}
    </div>
  )
}
