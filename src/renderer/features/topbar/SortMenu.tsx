import { ArrowDown, ArrowUp } from 'lucide-react'
import { sortFieldSchema } from '../../../shared/domain/query.ts'
import { setSort, useBrowse, usualDirection } from '../../state/browse.ts'
import { frame, sorts } from '../../strings/frame.ts'
import { Button } from '../../ui/Button.tsx'
import { Menu } from '../../ui/Menu.tsx'
import styles from './SortMenu.module.css'

/** What the assets are ordered by, and in which direction. */
export function SortMenu() {
  const sort = useBrowse((browse) => browse.sort)
  const inCollection = useBrowse((browse) => browse.view.kind === 'collection')
  const current = sorts[sort.field]
  const Arrow = sort.direction === 'asc' ? ArrowUp : ArrowDown
  return (
    <Menu
      align="end"
      entries={[
        { kind: 'heading', label: frame.sortBy },
        ...sortFieldSchema.options
          .filter((field) => field !== 'manual' || inCollection)
          .map((field) => ({
            kind: 'choice' as const,
            label: sorts[field].name,
            checked: field === sort.field,
            onSelect: () =>
              setSort({ field, direction: field === sort.field ? sort.direction : usualDirection(field) }),
          })),
        { kind: 'separator' },
        { kind: 'heading', label: frame.order },
        {
          kind: 'choice',
          label: current.ascending,
          checked: sort.direction === 'asc',
          onSelect: () => setSort({ ...sort, direction: 'asc' }),
        },
        {
          kind: 'choice',
          label: current.descending,
          checked: sort.direction === 'desc',
          onSelect: () => setSort({ ...sort, direction: 'desc' }),
        },
      ]}
    >
      <Button
        variant="quiet"
        className={styles.button}
        aria-label={`${frame.sortBy}: ${current.name}, ${sort.direction === 'asc' ? current.ascending : current.descending}`}
      >
        <span className={styles.name}>{current.name}</span>
        <Arrow aria-hidden="true" />
      </Button>
    </Menu>
  )
}
