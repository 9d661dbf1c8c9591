import { useLibrary } from '../../queries/library.ts'
import { fullestQuota } from '../../queries/quotas.ts'
import { storage } from '../../strings/storage.ts'
import { Badge } from '../../ui/Badge.tsx'

/** How full the fullest of the library and its buckets is, once that is worth a look. */
export function QuotaMark() {
  const quotas = useLibrary((library) => library.quotas)
  const fullest = quotas === null ? null : fullestQuota(quotas)
  if (fullest === null || fullest.quota === null || fullest.state === 'ok') return null
  return (
    <Badge tone={fullest.state === 'warning' ? 'warn' : 'bad'}>{storage.percent(fullest.used / fullest.quota)}</Badge>
  )
}
