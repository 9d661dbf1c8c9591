import { randomUUID } from 'node:crypto'
import type { LongChange, LongChangeKind } from '../../../shared/domain/longChange.ts'
import type { Catalog } from '../catalog/catalog.ts'

/** The changes of one library that are made in several transactions, while they are under way. */
export interface LongChanges {
  list(): readonly LongChange[]
  /** Asks one to end between two of its transactions; one that has ended is left alone. */
  cancel(id: string): void
  onChange(listener: () => void): () => void
  /** Lists a change from now on. Whoever makes it looks at `cancelled` between two transactions and calls `end`. */
  begin(kind: LongChangeKind, total: number, cancellable?: boolean): RunningChange
}

export interface RunningChange {
  readonly cancelled: boolean
  /** `done` of `total` are behind it. */
  advance(done: number): void
  end(): void
}

const changesOf = new WeakMap<Catalog, LongChanges>()

/** Those of a catalogue: use cases that are far from each other make them, and one list shows them. */
export function longChangesOf(catalog: Catalog): LongChanges {
  const known = changesOf.get(catalog)
  if (known !== undefined) return known
  const made = createLongChanges()
  changesOf.set(catalog, made)
  return made
}

function createLongChanges(): LongChanges {
  const running = new Map<string, LongChange>()
  const listeners = new Set<() => void>()
  const tell = (): void => {
    for (const listener of listeners) listener()
  }
  const update = (id: string, changed: Partial<LongChange>): void => {
    const before = running.get(id)
    if (before === undefined) return
    running.set(id, { ...before, ...changed })
    tell()
  }
  return {
    list: () => [...running.values()],
    cancel(id) {
      if (running.get(id)?.cancellable === true) update(id, { cancelling: true })
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    begin(kind, total, cancellable = true) {
      const id = randomUUID()
      running.set(id, { id, kind, done: 0, total: Math.max(1, total), cancelling: false, cancellable })
      tell()
      return {
        get cancelled() {
          return running.get(id)?.cancelling === true
        },
        advance: (done) => update(id, { done: Math.min(done, running.get(id)?.total ?? done) }),
        end() {
          running.delete(id)
          tell()
        },
      }
    },
  }
}
