import { Check, Minus } from 'lucide-react'
import { Checkbox } from 'radix-ui'
import type { RowGroups } from '../../../shared/domain/arrangement.ts'
import type { SortField } from '../../../shared/domain/query.ts'
import { countAssets } from '../../queries/foldStacks.ts'
import { assetsBetween, useShown } from '../../queries/shown.ts'
import { setSelection, useSelection } from '../../state/selection.ts'
import { selectedShare, toggleRows } from '../../state/selectRows.ts'
import { arrangement as strings } from '../../strings/arrangement.ts'
import styles from './GroupHeadings.module.css'
import type { GridLayout } from './gridLayout.ts'

/** Room for a heading above its rows, in CSS pixels. */
export const HEADING_HEIGHT = 42

/**
 * The headings of the groups that are drawn. Each stays at the upper edge while its group is passing: it is sticky in a box
 * as high as what is drawn of the group.
 */
export function GroupHeadings({
  layout,
  groups,
  field,
  firstRow,
  lastRow,
  offset,
}: {
  readonly layout: GridLayout
  readonly groups: RowGroups
  readonly field: SortField
  readonly firstRow: number
  readonly lastRow: number
  /** From the place in the content to the place in the element. */
  readonly offset: number
}) {
  if (layout.groupCount === 0 || lastRow < firstRow) return null
  const from = layout.groupOf(layout.rowStart(firstRow))
  const to = layout.groupOf(layout.rowStart(lastRow + 1) - 1)
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const group = from + index
    const begins = layout.rowOf(layout.groupStart(group)) >= firstRow
    const top = begins ? layout.groupTop(group) : layout.rowTop(firstRow)
    const bottom = group < to ? layout.groupTop(group + 1) : layout.rowTop(lastRow) + layout.rowHeight(lastRow)
    return (
      <div key={layout.groupStart(group)} className={styles.span} style={{ top: top + offset, height: bottom - top }}>
        <GroupHeading
          name={strings.group(field, groups.keys[group] ?? '')}
          from={layout.groupStart(group)}
          to={layout.groupStart(group + 1)}
        />
      </div>
    )
  })
}

function GroupHeading({ name, from, to }: { readonly name: string; readonly from: number; readonly to: number }) {
  const share = useSelection(({ selected }) => selectedShare(selected, useShown.getState().rowIds, from, to))
  const count = useShown((shown) => countAssets(shown, from, to))
  const toggle = () => setSelection(toggleRows(useSelection.getState(), assetsBetween(from, to)))
  return (
    <div className={styles.heading} data-testid="group-heading">
      <Checkbox.Root
        className={styles.check}
        checked={share === 'all' ? true : share === 'some' ? 'indeterminate' : false}
        aria-label={strings.selectGroup(count, name)}
        onCheckedChange={toggle}
      >
        <span className={styles.box}>
          {share === 'all' ? <Check aria-hidden="true" /> : share === 'some' ? <Minus aria-hidden="true" /> : null}
        </span>
      </Checkbox.Root>
      <h2 className={styles.name}>{name}</h2>
      <span className={styles.count}>{strings.count(count)}</span>
    </div>
  )
}
