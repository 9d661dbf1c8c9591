import { CircleAlert, CircleCheck, type LucideIcon, OctagonX, TriangleAlert } from 'lucide-react'
import type { QuotaState, Quotas } from '../../../shared/domain/storage.ts'
import { type NamedQuota, namedQuotas } from '../../queries/quotas.ts'
import { openDialog } from '../../state/panels.ts'
import { storage as strings } from '../../strings/storage.ts'
import { Button } from '../../ui/Button.tsx'
import { Bar } from './Bar.tsx'
import { Card } from './Card.tsx'
import styles from './QuotasCard.module.css'

const icons: Readonly<Record<QuotaState, LucideIcon>> = {
  ok: CircleCheck,
  warning: TriangleAlert,
  critical: CircleAlert,
  full: OctagonX,
}

/** How full the library and its buckets are, each against what it may hold. */
export function QuotasCard({ quotas }: { readonly quotas: Quotas }) {
  return (
    <Card title={strings.quotas}>
      <ul className={styles.list}>
        {namedQuotas(quotas).map((quota) => (
          <QuotaRow key={quota.id} quota={quota} />
        ))}
      </ul>
    </Card>
  )
}

function QuotaRow({ quota: { name, used, quota, state } }: { readonly quota: NamedQuota }) {
  const label = name ?? strings.libraryQuota
  const action = quota === null ? strings.setQuota : strings.changeQuota
  const change = (
    <Button
      size="s"
      variant="quiet"
      aria-label={strings.setQuotaFor(action, label)}
      onClick={() => openDialog(name === null ? 'settings' : 'remotes')}
    >
      {action}
    </Button>
  )
  return (
    <li className={styles.row}>
      <div className={styles.line}>
        <span className={styles.name} title={label}>
          {label}
        </span>
        {quota === null ? null : <State state={state} share={used / quota} />}
        {change}
      </div>
      {quota === null ? (
        <p className={styles.facts}>{`${strings.onlyUsed(used)} · ${strings.noQuota}`}</p>
      ) : (
        <>
          <Bar share={used / quota} tone={state} />
          <p className={styles.facts}>
            <span>{strings.usedOf(used, quota)}</span>
            <span>{used > quota ? strings.over(used - quota) : strings.left(quota - used)}</span>
          </p>
        </>
      )}
    </li>
  )
}

function State({ state, share }: { readonly state: QuotaState; readonly share: number }) {
  const Icon = icons[state]
  return (
    <span className={styles.state} data-state={state}>
      <Icon aria-hidden="true" />
      {`${strings.states[state]} · ${strings.percent(share)}`}
    </span>
  )
}
