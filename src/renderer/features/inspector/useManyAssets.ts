import { useEffect, useState } from 'react'
import type { Asset, AssetCard } from '../../../shared/domain/asset.ts'
import { reportError } from '../../actions/mutate.ts'
import { request, subscribe } from '../../api/client.ts'
import { cards } from '../../queries/cards.ts'
import { useLibrary } from '../../queries/library.ts'
import type { RowIds } from '../../state/rowSet.ts'

/** Up to here tags and labels are looked up, one request for each asset. */
export const MOST_DETAILS = 60
/** Up to here ratings, favourites and sizes are looked up, in a few requests. */
const MOST_CARDS = 1000

export interface ManyAssets {
  /** Null while they are looked up, and when there are too many. */
  readonly cards: readonly AssetCard[] | null
  readonly details: readonly Asset[] | null
}

const none: ManyAssets = { cards: null, details: null }

async function look(rowIds: RowIds): Promise<ManyAssets> {
  if (rowIds.length > MOST_CARDS) return none
  const rows = [...rowIds]
  return {
    cards: await cards.load(rows),
    details:
      rows.length > MOST_DETAILS ? null : await Promise.all(rows.map((rowId) => request('assets.get', { rowId }))),
  }
}

/** What is known about several assets, looked up once a growing selection comes to rest. */
export function useManyAssets(rowIds: RowIds): ManyAssets {
  const [found, setFound] = useState<ManyAssets>(none)
  useEffect(() => {
    let current = true
    let timer: ReturnType<typeof setTimeout> | undefined
    const later = () => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        look(rowIds).then(
          (answer) => current && setFound(answer),
          // An engine that restarts has its own banner; the values come back with it.
          (thrown: unknown) => {
            if (current && useLibrary.getState().engine.state === 'ready') reportError(thrown)
          },
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
