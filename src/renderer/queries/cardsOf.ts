import { useCallback, useRef, useSyncExternalStore } from 'react'
import type { AssetCard } from '../../shared/domain/asset.ts'
import { cards } from './cards.ts'

type Loaded = readonly (AssetCard | undefined)[]

/** The cards of a few assets, in their order; undefined until one has come. Ask for them by `useLoadedCards`. */
export function useCardsOf(rowIds: readonly number[]): Loaded {
  const last = useRef<Loaded>([])
  return useSyncExternalStore(
    useCallback(
      (listener) => {
        const stops = rowIds.map((rowId) => cards.subscribe(rowId, listener))
        return () => {
          for (const stop of stops) stop()
        }
      },
      [rowIds],
    ),
    () => {
      const now = rowIds.map((rowId) => cards.get(rowId))
      const same = now.length === last.current.length && now.every((card, index) => card === last.current[index])
      if (!same) last.current = now
      return last.current
    },
  )
}
