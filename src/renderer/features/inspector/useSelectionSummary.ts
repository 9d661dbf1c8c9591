import { useEffect, useState } from 'react'
import type { AssetCard } from '../../../shared/domain/asset.ts'
import type { SelectionSummary } from '../../../shared/domain/selectionSummary.ts'
import { reportFailedRead } from '../../actions/mutate.ts'
import { request, subscribe } from '../../api/client.ts'
import { cards } from '../../queries/cards.ts'
import type { RowIds } from '../../state/rowSet.ts'

/** So many are looked at for pictures to show. */
const MOST_PICTURES = 12
/** A selection that still grows is not looked up. */
const REST_MS = 80
/** This window, whose newer question ends the one before. */
const stream = crypto.randomUUID()

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
    let looking = false
    let again = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = async (): Promise<SelectionInfo> => {
      const [summary, some] = await Promise.all([
        // A copy: a part of an array would cross to the engine with the whole array behind it.
        request('assets.summary', { assets: { rowIds: rowIds.slice() }, stream }),
        cards.load([...rowIds.subarray(0, MOST_PICTURES)]),
      ])
      return { summary, cards: some }
    }
    const later = () => {
      // What is being read is read to its end: changes that come quicker than answers would keep it from ever ending.
      again = looking
      if (looking) return
      clearTimeout(timer)
      timer = setTimeout(() => {
        looking = true
        look()
          .then(
            (answer) => current && setFound(answer),
            (thrown: unknown) => current && reportFailedRead(thrown),
          )
          .finally(() => {
            looking = false
            if (current && again) later()
          })
      }, REST_MS)
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
