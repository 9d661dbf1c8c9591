import { ArrowDown, ArrowUp } from 'lucide-react'
import { isTimeField } from '../../../shared/domain/arrangement.ts'
import { type SortField, sortFieldSchema } from '../../../shared/domain/query.ts'
import { useLibrary } from '../../queries/library.ts'
import {
  groupingOf,
  setSort,
  setTimeGroups,
  setValueGroups,
  type TimeGroups,
  timeGroupings,
  toggleStacked,
  useBrowse,
  usualDirection,
} from '../../state/browse.ts'
import { arrangement as words } from '../../strings/arrangement.ts'
import { frame, sorts } from '../../strings/frame.ts'
import { Button } from '../../ui/Button.tsx'
import { Menu } from '../../ui/Menu.tsx'
import type { MenuEntry } from '../../ui/menuEntry.ts'
import styles from './SortMenu.module.css'

/**
 * What the assets are ordered by, in which direction, how they are divided, and whether alike ones are put together.
 * @param before entries that have no place of their own in a narrow window
 */
export function SortMenu({ before }: { readonly before: readonly MenuEntry[] }) {
  const sort = useBrowse((browse) => browse.sort)
  const view = useBrowse((browse) => browse.view)
  const timeGroups = useBrowse((browse) => browse.timeGroups)
  const valueGroups = useBrowse((browse) => browse.valueGroups)
  const stacked = useBrowse((browse) => browse.stacked)
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
        ...before,
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
        ...groupEntries(shown, timeGroups, valueGroups),
        { kind: 'separator' },
        { kind: 'choice', label: words.stackAlike, checked: stacked, onSelect: toggleStacked },
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

/** How what is in this order can be divided; nothing for an order that was made by hand. */
function groupEntries(field: SortField, timeGroups: TimeGroups, valueGroups: boolean): readonly MenuEntry[] {
  if (field === 'manual') return []
  const head: readonly MenuEntry[] = [{ kind: 'separator' }, { kind: 'heading', label: words.groupBy }]
  if (!isTimeField(field)) {
    return [
      ...head,
      choice(words.timeGroups('none'), !valueGroups, () => setValueGroups(false)),
      choice(words.valueGroups(sorts[field].name), valueGroups, () => setValueGroups(true)),
    ]
  }
  const current = groupingOf({ sort: { field, direction: 'desc' }, timeGroups, valueGroups })
  return [
    ...head,
    ...timeGroupings
      .filter((groups) => groups !== 'session' || field === 'imported_at')
      .map((groups) => choice(words.timeGroups(groups), groups === current, () => setTimeGroups(groups))),
  ]
}

function choice(label: string, checked: boolean, onSelect: () => void): MenuEntry {
  return { kind: 'choice', label, checked, onSelect }
}
