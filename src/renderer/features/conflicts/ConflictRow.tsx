import type { Conflict } from '../../../shared/contract/requests/conflictRequests.ts'
import type { AssetCard } from '../../../shared/domain/asset.ts'
import { conflicts as strings } from '../../strings/conflicts.ts'
import { Button } from '../../ui/Button.tsx'
import { Thumb } from '../../ui/Thumb.tsx'
import styles from './Conflicts.module.css'
import { answersTo, deviceText, fieldName, valueText } from './conflictText.ts'

/** One edit that lost: what it was about, both values with who wrote them, and a button below each. */
export function ConflictRow({
  conflict,
  card,
  busy,
  onSettle,
}: {
  readonly conflict: Conflict
  readonly card: AssetCard | undefined
  readonly busy: boolean
  readonly onSettle: (how: 'restore' | 'keep') => void
}) {
  const { field, value, lost, device, lost_device, lost_at } = conflict
  const name = conflict.name ?? card?.file_name ?? strings.unnamed
  const answers = answersTo(conflict)
  return (
    <li className={styles.conflict}>
      {conflict.entity === 'asset' ? <Thumb card={card} size={56} kind="" className={styles.thumb} /> : null}
      <div className={styles.about}>
        <p className={styles.name}>{name}</p>
        <p className={styles.field}>{fieldName(field)}</p>
        <div className={styles.sides}>
          <Side
            title={strings.stands}
            value={valueText(field, value)}
            who={deviceText(device)}
            action={answers.keep}
            label={strings.about(answers.keep, fieldName(field), name)}
            busy={busy}
            onChoose={() => onSettle('keep')}
          />
          <Side
            title={strings.lost}
            value={valueText(field, lost)}
            who={`${deviceText(lost_device)} · ${strings.when(lost_at)}`}
            action={answers.restore}
            label={strings.about(answers.restore, fieldName(field), name)}
            busy={busy}
            onChoose={() => onSettle('restore')}
          />
        </div>
      </div>
    </li>
  )
}

function Side({
  title,
  value,
  who,
  action,
  label,
  busy,
  onChoose,
}: {
  readonly title: string
  readonly value: string
  readonly who: string
  readonly action: string
  readonly label: string
  readonly busy: boolean
  readonly onChoose: () => void
}) {
  return (
    <div className={styles.side}>
      <p className={styles.which}>{title}</p>
      <p className={styles.value}>{value}</p>
      <p className={styles.who}>{who}</p>
      <Button size="s" aria-label={label} disabled={busy} onClick={onChoose}>
        {action}
      </Button>
    </div>
  )
}
