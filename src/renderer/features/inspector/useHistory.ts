import { useCallback, useEffect, useState } from 'react'
import type { AssetDetail } from '../../../shared/contract/requests/assetRequests.ts'
import type { AssetActivity } from '../../../shared/contract/requests/requestMap.ts'
import { reportFailedRead } from '../../actions/mutate.ts'
import { request } from '../../api/client.ts'
import { joinPages } from './joinPages.ts'

/** As many come with an asset; with fewer there are no earlier ones. */
const FIRST = 50
const PAGE = 50

export interface AssetHistory {
  readonly entries: readonly AssetActivity[]
  /** False once the first entry of all is there. */
  readonly more: boolean
  readonly loading: boolean
  loadMore(): void
}

/** The entries that came with an asset, and the earlier ones that were asked for. Mount it anew for each asset. */
export function useHistory({ id, history }: AssetDetail): AssetHistory {
  const [earlier, setEarlier] = useState<readonly AssetActivity[]>([])
  const [ended, setEnded] = useState(false)
  const [loading, setLoading] = useState(false)
  const newest = history[0]
  // After a change the asset comes anew, and what can be undone of the earlier entries may be something else.
  const stamp = `${newest?.id ?? 0} ${newest?.undone ?? false} ${newest?.why_not_undone ?? ''}`
  const held = earlier.length
  // biome-ignore lint/correctness/useExhaustiveDependencies: the stamp says that something happened
  useEffect(() => {
    if (held === 0) return
    let current = true
    request('history.forAsset', { id, limit: Math.min(500, history.length + held) })
      .then((entries) => current && setEarlier(entries))
      .catch(() => {})
    return () => {
      current = false
    }
  }, [stamp])

  const entries = joinPages(history, earlier)
  const last = entries.at(-1)
  const loadMore = useCallback(() => {
    if (last === undefined) return
    setLoading(true)
    request('history.forAsset', { id, before: last.id, limit: PAGE })
      .then((page) => {
        setEarlier((known) => joinPages(known, page))
        setEnded(page.length < PAGE)
      })
      .catch(reportFailedRead)
      .finally(() => setLoading(false))
  }, [id, last])
  return { entries, more: !ended && entries.length >= FIRST, loading, loadMore }
}
