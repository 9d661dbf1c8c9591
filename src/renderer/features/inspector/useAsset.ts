import { useCallback, useEffect, useRef, useState } from 'react'
import type { AssetDetail } from '../../../shared/contract/requests/assetRequests.ts'
import type { AssetPatch } from '../../../shared/domain/asset.ts'
import { mutate } from '../../actions/mutate.ts'
import { messageOf, request, subscribe } from '../../api/client.ts'
import { patchedAsset } from './patchedAsset.ts'

export interface InspectedAsset {
  /** As it will be once pending changes are taken; null until the first answer. The last one stays meanwhile. */
  readonly asset: AssetDetail | null
  readonly error: string | null
  /** Shows the change at once and takes it back if the engine refuses it (a person is told). */
  edit(patch: AssetPatch): Promise<void>
}

interface Pending {
  readonly rowId: number
  readonly patch: AssetPatch
}

/** Everything about one asset, kept in step with the catalogue. */
export function useAsset(rowId: number): InspectedAsset {
  const [detail, setDetail] = useState<AssetDetail | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [pending, setPending] = useState<readonly Pending[]>([])
  const wanted = useRef(rowId)
  const lastAsked = useRef(0)

  const reload = useCallback(async () => {
    const asked = ++lastAsked.current
    const current = () => asked === lastAsked.current && wanted.current === rowId
    try {
      const answer = await request('assets.get', { rowId })
      if (!current()) return
      setDetail(answer)
      setError(null)
    } catch (thrown) {
      if (current()) setError(messageOf(thrown))
    }
  }, [rowId])

  useEffect(() => {
    wanted.current = rowId
    void reload()
    return subscribe('catalog.changed', ({ rowIds }) => {
      if (rowIds === null || rowIds.includes(rowId)) void reload()
    })
  }, [rowId, reload])

  // What is shown is what a person changes, also in the moment in which another asset is selected but not here yet.
  const shownRow = detail?.row_id
  const edit = useCallback(
    async (patch: AssetPatch) => {
      if (shownRow === undefined) return
      const change: Pending = { rowId: shownRow, patch }
      setPending((all) => [...all, change])
      const result = await mutate(() => request('assets.edit', { assets: { rowIds: [shownRow] }, patch }))
      // The truth first, so that nothing flickers back to the old value in between.
      if (result !== null && shownRow === wanted.current) await reload()
      setPending((all) => all.filter((one) => one !== change))
    },
    [shownRow, reload],
  )

  const mine = pending.filter((change) => change.rowId === shownRow)
  const asset = detail === null ? null : mine.reduce((shown, { patch }) => patchedAsset(shown, patch), detail)
  return { asset, error, edit }
}
