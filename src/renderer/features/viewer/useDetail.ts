import { useEffect, useState } from 'react'
import type { AssetDetail } from '../../../shared/contract/requests/assetRequests.ts'
import type { AssetCard } from '../../../shared/domain/asset.ts'
import { reportFailedRead } from '../../actions/mutate.ts'
import { request } from '../../api/client.ts'

/** The full record of the asset; null until it has come. It is asked for again when the card has changed. */
export function useDetail(card: AssetCard | undefined): AssetDetail | null {
  const [detail, setDetail] = useState<AssetDetail | null>(null)
  useEffect(() => {
    if (card === undefined) return
    let current = true
    request('assets.get', { rowId: card.row_id }).then(
      (answer) => current && setDetail(answer),
      (thrown: unknown) => current && reportFailedRead(thrown),
    )
    return () => {
      current = false
    }
  }, [card])
  return detail?.row_id === card?.row_id ? detail : null
}
