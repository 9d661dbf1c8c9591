import { ArrowDown, ArrowUp } from 'lucide-react'
import { sortFieldSchema } from '../../../shared/domain/query.ts'
import { useLibrary } from '../../queries/library.ts'
import { setSort, useBrowse, usualDirection } from '../../state/browse.ts'
import { frame, sorts } from '../../strings/frame.ts'
import { Button } from '../../ui/Button.tsx'
import { Menu } from '../../ui/Menu.tsx'
import styles from './SortMenu.module.css'

/** What the assets are ordered by, and in which direction. */
export function SortMenu() {
  const sort = useBrowse((browse) => browse.sort)
  const view = useBrowse((browse) => browse.view)
  const arranged = useLibrary(({ collections }) =>
    collections.some(
      ({ id, kind, is_permanent }) =>
        view.kind === 'collection' && id === view.collectionId && kind === 'manual' && !is_permanent,
    ),
  )
  // Where nothing is arranged by hand, that order is the one of the import.
  const shown = sort.field === 'manual' && !arranged ? 'imported_at' : sort.field
  const current = sorts[shown]
  const Arrow = sort.direction === 'asc' ? ArrowUp : ArrowDown
  return (
    <Menu
      align="end"
      entries={[
        { kind: 'heading', label: frame.sortBy },
        ...sortFieldSchema.options
          .filter((field) => field !== 'manual' || arranged)
          .map((field) => ({
            kind: 'choice' as const,
            label: sorts[field].name,
            checked: field === shown,
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
