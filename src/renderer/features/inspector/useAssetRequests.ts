import { useEffect, useState } from 'react'
import type { RequestOutput } from '../../../shared/contract/requests.ts'
import type { AssetId } from '../../../shared/domain/ids.ts'
import { request } from '../../api/client.ts'
import { LatestOnly } from '../../queries/latestOnly.ts'
import { whenRequestsMayDiffer } from '../../queries/requests.ts'

export type AssetRequests = RequestOutput<'requests.ofAsset'>

/** What an asset came of and is a reference of, kept in step with the library; null until it is known. */
export function useAssetRequests(id: AssetId): AssetRequests | null {
  const [known, setKnown] = useState<{ readonly id: AssetId; readonly requests: AssetRequests } | null>(null)
  useEffect(() => {
    let current = true
    const loading = new LatestOnly(
      async () => {
        const requests = await request('requests.ofAsset', { id })
        if (current) setKnown({ id, requests })
      },
      // Why the engine does not answer is told elsewhere.
      () => {},
    )
    loading.request()
    const stop = whenRequestsMayDiffer(() => loading.request())
    return () => {
      current = false
      stop()
    }
  }, [id])
  return known?.id === id ? known.requests : null
}
