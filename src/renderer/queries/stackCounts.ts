import { useSyncExternalStore } from 'react'
import { request, subscribe } from '../api/client.ts'
import { useLibrary } from './library.ts'
import { StackCounts } from './stackCountsCache.ts'

/** Changes that follow each other are counted together (milliseconds). */
const PAUSE_MS = 1_500

// What can't be counted has no badge; why the engine does not answer is told elsewhere.
const stacks = new StackCounts(async (rowIds) => (await request('stacks.counts', { rowIds: [...rowIds] })).prompt)

let listening = false

function listen(): void {
  if (listening) return
  listening = true
  let waiting = false
  subscribe('catalog.changed', ({ membership }) => {
    if (!membership || waiting) return
    waiting = true
    setTimeout(() => {
      waiting = false
      stacks.invalidate()
    }, PAUSE_MS)
  })
  useLibrary.subscribe((now, before) => {
    if (now.info?.id !== before.info?.id) stacks.clear()
  })
}

function watch(rowId: number, listener: () => void): () => void {
  listen()
  return stacks.watch(rowId, listener)
}

/** How many assets were made of the prompt of this one; 0 until that is known, and for one without a prompt. */
export function useStackCount(rowId: number): number {
  return useSyncExternalStore(
    (listener) => watch(rowId, listener),
    () => stacks.get(rowId),
  )
}
