import { ListFilter } from 'lucide-react'
import { useMemo, useState } from 'react'
import { conditionsOf } from '../../../shared/domain/search/editSearch.ts'
import { useBrowse } from '../../state/browse.ts'
import { filters } from '../../strings/filters.ts'
import { Aloud } from '../../ui/Aloud.tsx'
import { Button } from '../../ui/Button.tsx'
import { Popover } from '../../ui/Popover.tsx'
import styles from './FilterButton.module.css'
import { FilterPanel } from './FilterPanel.tsx'

/** Opens the filters; says how many conditions the search has. */
export function FilterButton() {
  const [open, setOpen] = useState(false)
  const text = useBrowse((browse) => browse.text)
  const active = useMemo(() => conditionsOf(text).length, [text])
  return (
    <Popover
      label={filters.panel}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button className={styles.button} icon={<ListFilter />}>
          <span className={styles.name}>{filters.open}</span>
          {active === 0 ? null : (
            <span className={styles.active}>
              {active}
              <Aloud>{filters.conditions(active)}</Aloud>
            </span>
          )}
        </Button>
      }
    >
      <FilterPanel />
    </Popover>
  )
}
