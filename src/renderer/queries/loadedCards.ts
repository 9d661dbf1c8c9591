import { useEffect } from 'react'
import { subscribe } from '../api/client.ts'
import { cards } from './cards.ts'

/**
 * Keeps the cards of a few rows beside those of the grid loaded and fresh. Read them with `useCard`. What can't be had
 * stays blank until the next change: why the engine does not answer is told elsewhere.
 */
export function useLoadedCards(rowIds: readonly number[]): void {
  const key = rowIds.join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says which rows
  useEffect(() => {
    if (rowIds.length === 0) return
    const load = () => void cards.load(rowIds).catch(() => {})
    load()
    return subscribe('catalog.changed', ({ rowIds: changed }) => {
      if (changed === null || rowIds.some((rowId) => changed.includes(rowId))) load()
    })
  }, [key])
}
