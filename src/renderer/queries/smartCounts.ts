import { create } from 'zustand'
import type { RequestOutput } from '../../shared/contract/requests.ts'
import type { CollectionId } from '../../shared/domain/ids.ts'
import { request, subscribe } from '../api/client.ts'
import { LatestOnly } from './latestOnly.ts'
import { useLibrary } from './library.ts'

export type SmartCount = RequestOutput<'collections.counts'>[number]

/** As many as one question may name. */
const AT_ONCE = 200
/** Changes that follow each other are counted together (milliseconds). */
const PAUSE_MS = 1_000

/** What the smart collections that somebody looks at hold. A count stays until the next one is there. */
export const useSmartCounts = create<{ readonly counts: ReadonlyMap<CollectionId, SmartCount> }>()(() => ({
  counts: new Map(),
}))

/** How many look at each. */
const watchers = new Map<CollectionId, number>()

async function load(): Promise<void> {
  const ids = [...watchers.keys()].slice(0, AT_ONCE)
  if (ids.length === 0) return
  const answers = await request('collections.counts', { ids })
  useSmartCounts.setState(({ counts }) => {
    const known = [...counts].filter(([id]) => watchers.has(id))
    return { counts: new Map([...known, ...answers.map((answer) => [answer.id, answer] as const)]) }
  })
}

// What can't be counted has no number; why the engine does not answer is told elsewhere.
const loading = new LatestOnly(load, () => {})
let waiting = false
let listening = false

function listen(): void {
  if (listening) return
  listening = true
  subscribe('catalog.changed', () => {
    if (waiting) return
    waiting = true
    setTimeout(() => {
      waiting = false
      loading.request()
    }, PAUSE_MS)
  })
  // Another query, or another library.
  useLibrary.subscribe((now, before) => {
    if (now.collections !== before.collections) loading.request()
  })
}

/** Keeps the count of a smart collection until the returned function is called. */
export function watchSmartCount(id: CollectionId): () => void {
  listen()
  watchers.set(id, (watchers.get(id) ?? 0) + 1)
  if (!useSmartCounts.getState().counts.has(id)) loading.request(true)
  return () => {
    const left = (watchers.get(id) ?? 1) - 1
    if (left === 0) watchers.delete(id)
    else watchers.set(id, left)
  }
}
