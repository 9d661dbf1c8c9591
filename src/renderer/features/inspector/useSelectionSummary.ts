import { useEffect, useState } from 'react'
import type { AssetCard } from '../../../shared/domain/asset.ts'
import type { SelectionSummary } from '../../../shared/domain/selectionSummary.ts'
import { reportFailedRead } from '../../actions/mutate.ts'
import { request, subscribe } from '../../api/client.ts'
import { cards } from '../../queries/cards.ts'
import type { RowIds } from '../../state/rowSet.ts'

/** So many are looked at for pictures to show. */
const MOST_PICTURES = 12

export interface SelectionInfo {
  /** Null until it is known. */
  readonly summary: SelectionSummary | null
  /** Of some of the assets. */
  readonly cards: readonly AssetCard[]
}

/** What several assets have in common, looked up once a growing selection comes to rest. */
export function useSelectionSummary(rowIds: RowIds): SelectionInfo {
  const [found, setFound] = useState<SelectionInfo>({ summary: null, cards: [] })
  useEffect(() => {
    let current = true
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = async (): Promise<SelectionInfo> => {
      const [summary, some] = await Promise.all([
        // A copy: a part of an array would cross to the engine with the whole array behind it.
        request('assets.summary', { assets: { rowIds: rowIds.slice() } }),
        cards.load([...rowIds.subarray(0, MOST_PICTURES)]),
      ])
      return { summary, cards: some }
    }
    const later = () => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        look().then(
          (answer) => current && setFound(answer),
          (thrown: unknown) => current && reportFailedRead(thrown),
        )
      }, 80)
    }
    later()
    const unsubscribe = subscribe('catalog.changed', later)
    return () => {
      current = false
      clearTimeout(timer)
      unsubscribe()
    }
  }, [rowIds])
  return found
}
