import { useState } from 'react'
import { findEverywhere, openView } from '../../state/browse.ts'
import { bytesText } from '../../strings/quantities.ts'
import { storage as strings } from '../../strings/storage.ts'
import { Button } from '../../ui/Button.tsx'
import { Bar } from './Bar.tsx'
import { Card } from './Card.tsx'
import styles from './UsageCard.module.css'
import { FEW, type Leads, MOST, shownRows, type UsageRow } from './usageRows.ts'

/** Bars of one kind, the largest first; each leads to what it stands for. */
export function UsageCard({
  title,
  rows,
  total,
  none,
  note,
  unit = strings.assets,
}: {
  readonly title: string
  readonly rows: readonly UsageRow[]
  /** Bytes that are 100 %. */
  readonly total: number
  /** Said when there are no rows. */
  readonly none?: string
  readonly note?: string
  readonly unit?: (count: number) => string
}) {
  const [all, setAll] = useState(false)
  const { rows: shown, others, full } = shownRows(rows, all ? MOST : FEW)
  if (rows.length === 0) {
    return (
      <Card title={title}>
        <p className={styles.none}>{none}</p>
      </Card>
    )
  }
  const share = (bytes: number) => (total === 0 ? 0 : bytes / total)
  return (
    <Card title={title} {...(note === undefined ? {} : { note })}>
      <ul className={styles.rows}>
        {shown.map((row) => (
          <li key={row.key}>
            <Row row={row} full={full} share={share(row.bytes)} count={unit(row.count)} />
          </li>
        ))}
        {others === null ? null : (
          <li>
            <Line
              name={strings.others(others.rows)}
              bytes={others.bytes}
              count={unit(others.count)}
              full={full}
              share={share(others.bytes)}
            />
          </li>
        )}
      </ul>
      {rows.length > FEW + 1 ? (
        <Button className={styles.more} size="s" variant="quiet" onClick={() => setAll(!all)}>
          {all ? strings.showFewer : strings.showAll(Math.min(rows.length, MOST))}
        </Button>
      ) : null}
    </Card>
  )
}

function Row({
  row,
  full,
  share,
  count,
}: {
  readonly row: UsageRow
  readonly full: number
  readonly share: number
  readonly count: string
}) {
  const line = <Line name={row.name} bytes={row.bytes} count={count} full={full} share={share} />
  const { leads } = row
  if (leads === null) return line
  return (
    <button type="button" className={styles.button} onClick={() => follow(leads)}>
      {line}
    </button>
  )
}

function follow(leads: Leads): void {
  if (leads.kind === 'view') openView(leads.view)
  else findEverywhere(leads.field, leads.value, leads.operator)
}

function Line({
  name,
  bytes,
  count,
  full,
  share,
}: {
  readonly name: string
  readonly bytes: number
  readonly count: string
  readonly full: number
  readonly share: number
}) {
  return (
    <span className={styles.line}>
      <span className={styles.name} title={name}>
        {name}
      </span>
      <span className={styles.count}>{count}</span>
      <span className={styles.bytes}>{bytesText(bytes)}</span>
      <span className={styles.bar}>
        <Bar share={bytes / full} />
      </span>
      <span className={styles.share}>{strings.percent(share)}</span>
    </span>
  )
}
