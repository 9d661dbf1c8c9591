import { useSyncExternalStore } from 'react'
import type { AssetCard } from '../../shared/domain/asset.ts'
import { request } from '../api/client.ts'
import { CardWindow } from './cardWindow.ts'

/** The cards of the assets on screen and of those that recently were. */
export const cards = new CardWindow((rowIds) => request('assets.cards', { rowIds: [...rowIds] }))

/** The card of one asset; undefined until it has come. Rows are asked for by `cards.show`. */
export function useCard(rowId: number): AssetCard | undefined {
  return useSyncExternalStore(
    (listener) => cards.subscribe(rowId, listener),
    () => cards.get(rowId),
  )
}
