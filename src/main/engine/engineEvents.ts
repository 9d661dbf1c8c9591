import type { EngineEventName, EventPayload } from '../../shared/contract/events.ts'
import type { RowId } from '../../shared/domain/ids.ts'
import type { CatalogChange } from './catalog/catalog.ts'
import type { EngineEvent } from './host/engineDoor.ts'
import type { Clock } from './ports.ts'

/** Least time between two events of one kind, ms. */
const INTERVAL_MS = 100
/** Rows that an event names at most; with more, everything may have changed. */
const MOST_ROWS = 1000

/** Events of one engine: whatever happens, at most ten a second of each kind go out. */
export interface EngineEvents {
  on(listener: (event: EngineEvent) => void): () => void
  /** Merged with the changes that have not gone out yet. */
  catalogChanged(change: CatalogChange): void
  /** Says that a payload is out of date; it is read when the event goes out. */
  changed<N extends Exclude<EngineEventName, 'catalog.changed'>>(name: N, read: () => EventPayload<N>): void
  /** Sends what is waiting, and nothing from then on. */
  close(): void
}

export function engineEvents(clock: Clock): EngineEvents {
  const listeners = new Set<(event: EngineEvent) => void>()
  const waiting = new Map<EngineEventName, { send: () => void; readonly cancel: () => void }>()
  const sentAt = new Map<EngineEventName, number>()
  let closed = false
  let change: { revision: number; rowIds: Set<RowId> | null; membership: boolean } | null = null

  function emit(event: EngineEvent): void {
    for (const listener of listeners) listener(event)
  }

  /** Sends at once if nothing of the kind went out lately, though never from inside of what the caller is doing. */
  function schedule(name: EngineEventName, send: () => void): void {
    if (closed) return
    const before = waiting.get(name)
    if (before) {
      before.send = send
      return
    }
    const now = clock.now()
    const since = now - (sentAt.get(name) ?? Number.NEGATIVE_INFINITY)
    // A clock that was set back must not silence the events.
    const wait = since >= 0 && since < INTERVAL_MS ? INTERVAL_MS - since : 0
    const cancel = clock.after(wait, () => {
      const due = waiting.get(name)
      waiting.delete(name)
      sentAt.set(name, clock.now())
      due?.send()
    })
    waiting.set(name, { send, cancel })
  }

  function sendCatalogChange(): void {
    if (!change) return
    const { revision, rowIds, membership } = change
    change = null
    emit({ name: 'catalog.changed', payload: { revision, rowIds: rowIds && [...rowIds], membership } })
  }

  return {
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    catalogChanged({ revision, rowIds, membership }) {
      const merged =
        change?.rowIds === null ? null : new Set([...(change?.rowIds ?? []), ...rowIds.slice(0, MOST_ROWS + 1)])
      change = {
        revision,
        rowIds: merged && merged.size <= MOST_ROWS ? merged : null,
        membership: membership || (change?.membership ?? false),
      }
      schedule('catalog.changed', sendCatalogChange)
    },
    changed(name, read) {
      schedule(name, () => emit({ name, payload: read() } as EngineEvent))
    },
    close() {
      closed = true
      for (const { send, cancel } of waiting.values()) {
        cancel()
        send()
      }
      waiting.clear()
    },
  }
}
