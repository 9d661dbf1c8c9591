import { useLibrary } from '../queries/library.ts'
import { fullestQuota, type NamedQuota } from '../queries/quotas.ts'
import { openScreen, useBrowse } from '../state/browse.ts'
import { storage as strings } from '../strings/storage.ts'
import { Button } from '../ui/Button.tsx'
import styles from './Banners.module.css'

/** The quota to warn of, and a key that is another one when it becomes worse; null on the screen that says it anyway. */
export function useQuotaWarning(): { readonly quota: NamedQuota; readonly key: string } | null {
  const quotas = useLibrary((library) => library.quotas)
  const onStorage = useBrowse((browse) => browse.screen === 'storage')
  const fullest = quotas === null || onStorage ? null : fullestQuota(quotas)
  if (fullest === null || fullest.state === 'ok') return null
  return { quota: fullest, key: `quota ${fullest.id} ${fullest.state}` }
}

/** What the banner says, and the way to where something can be done about it. */
export function QuotaWarning({ quota: { name, state, used, quota } }: { readonly quota: NamedQuota }) {
  if (quota === null) return null
  return (
    <div className={styles.line}>
      <span className={styles.text}>
        {strings.quotaBanner(name, state, used, quota)}
        <span className={styles.more}>{strings.quotaMeans(name)}</span>
      </span>
      <Button size="s" onClick={() => openScreen('storage')}>
        {strings.open}
      </Button>
    </div>
  )
}
