import { HardDrive } from 'lucide-react'
import type { StorageUsage } from '../../../shared/domain/storage.ts'
import { messageOf } from '../../api/client.ts'
import { storage as strings } from '../../strings/storage.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Screen, ScreenFailed } from '../../ui/Screen.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { DiskCard } from './DiskCard.tsx'
import { LargestCard } from './LargestCard.tsx'
import { QuotasCard } from './QuotasCard.tsx'
import { ReclaimCard } from './ReclaimCard.tsx'
import { SafetyCard } from './SafetyCard.tsx'
import styles from './StorageScreen.module.css'
import { UsageCard } from './UsageCard.tsx'
import { bucketRows, collectionRows, namedRows, typeRows, yearRows } from './usageRows.ts'
import { useStorage } from './useStorage.ts'

/** What takes how much room, what could be freed, and how full the quotas are. */
export function StorageScreen() {
  const { usage, error, looking, look } = useStorage()
  if (error !== null && usage === null) {
    return <ScreenFailed title={strings.failedTitle} reason={messageOf(error)} retry={strings.retry} onRetry={look} />
  }
  return (
    <Screen
      title={strings.title}
      facts={
        <>
          {usage === null ? null : strings.summary(usage.total.assets, usage.total.bytes)}
          {usage === null && looking ? (
            <>
              <Spinner /> {strings.looking}
            </>
          ) : null}
        </>
      }
    >
      {usage === null ? null : <Cards usage={usage} />}
    </Screen>
  )
}

function Cards({ usage }: { readonly usage: StorageUsage }) {
  const total = usage.total.bytes
  const empty = usage.total.assets === 0
  return (
    <div className={styles.scroll}>
      <div className={styles.cards}>
        <DiskCard usage={usage} />
        <QuotasCard quotas={usage.quotas} />
        <ReclaimCard usage={usage} />
        <SafetyCard usage={usage} />
        {empty ? (
          <div className={styles.empty}>
            <EmptyState art={<HardDrive />} title={strings.emptyTitle}>
              {strings.emptyText}
            </EmptyState>
          </div>
        ) : (
          <>
            <UsageCard title={strings.by.type} rows={typeRows(usage, strings.type)} total={total} />
            <UsageCard
              title={strings.by.collection}
              rows={collectionRows(usage)}
              total={total}
              none={strings.noneBy.collection}
              note={strings.overlap}
            />
            <UsageCard
              title={strings.by.model}
              rows={namedRows('model', usage.byModel)}
              total={total}
              none={strings.noneBy.model}
            />
            <UsageCard
              title={strings.by.generator}
              rows={namedRows('generator', usage.byGenerator)}
              total={total}
              none={strings.noneBy.generator}
            />
            <UsageCard title={strings.by.year} rows={yearRows(usage)} total={total} />
            {usage.byRemote.length === 0 ? null : (
              <UsageCard
                title={strings.by.bucket}
                rows={bucketRows(usage)}
                total={usage.byRemote.reduce((sum, { bytes }) => sum + bytes, 0)}
                unit={strings.objects}
              />
            )}
            <LargestCard largest={usage.largest} />
          </>
        )}
      </div>
    </div>
  )
}
