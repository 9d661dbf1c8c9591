import type { WatchedReport } from '../../../../shared/domain/watchedFolder.ts'
import type { WatchedFolderRow } from '../../catalog/watchedFolders.repository.ts'
import type { Clock } from '../../ports.ts'
import type { ScanScope } from './findChanges.ts'
import type { Reconciled } from './reconcile.ts'

export interface ReconcileLoopOptions {
  readonly clock: Clock
  folder(folderId: number): WatchedFolderRow | undefined
  pass(scopes: readonly ScanScope[]): Promise<Reconciled>
  /** A pass begins (true) or has ended over these folders. */
  onPass(folderIds: readonly number[], begins: boolean): void
  onDefect(error: unknown): void
}

/** Runs passes one after the other, each over all that was asked for until it begins. */
export interface ReconcileLoop {
  /** Looks at a directory soon; many that are asked for in a short time are one pass. */
  look(folderId: number, directory: string, afterMs?: number): void
  /** Looks at the whole folder at once. Rejects with what kept it from being looked at. */
  scan(folderId: number): Promise<WatchedReport>
  /** How long the last pass over a whole folder took, ms. */
  readonly lastScanMs: number
  close(): Promise<void>
}

interface Wanted {
  whole: boolean
  readonly directories: Set<string>
  readonly waiters: PromiseWithResolvers<WatchedReport>[]
}

/** Programs write, rename and write again; a generator's next picture is seconds away. */
const QUIET_MS = 250
/** However much goes on, a look is not put off longer than this. */
const MOST_WAIT_MS = 1_500
/** A pass that was expensive is not repeated before this many times its cost has gone by. */
const REST = 3

export function createReconcileLoop(options: ReconcileLoopOptions): ReconcileLoop {
  const { clock } = options
  let wanted = new Map<number, Wanted>()
  let running: Promise<void> | null = null
  let cancelTimer: (() => void) | null = null
  let dueSince = 0
  let lastCostMs = 0
  let lastScanMs = 0
  let endedAt = Number.NEGATIVE_INFINITY
  let closed = false

  const want = (folderId: number): Wanted => {
    const known = wanted.get(folderId)
    if (known !== undefined) return known
    const fresh: Wanted = { whole: false, directories: new Set(), waiters: [] }
    wanted.set(folderId, fresh)
    return fresh
  }
  const run = (): void => {
    cancelTimer?.()
    cancelTimer = null
    if (closed || running !== null || wanted.size === 0) return
    const batch = wanted
    wanted = new Map()
    running = passOver(batch).finally(() => {
      running = null
      endedAt = clock.now()
      if ([...wanted.values()].some(({ waiters }) => waiters.length > 0)) run()
      else if (wanted.size > 0) schedule(QUIET_MS)
    })
  }
  const passOver = async (batch: ReadonlyMap<number, Wanted>): Promise<void> => {
    const began = performance.now()
    const scopes = [...batch].flatMap(([folderId, { whole, directories }]) => {
      const folder = options.folder(folderId)
      const shallow = [...directories].map((path) => ({ path, deep: false }))
      return folder === undefined ? [] : [{ folder, directories: whole ? [{ path: '', deep: true }] : shallow }]
    })
    const ids = scopes.map(({ folder }) => folder.folderId)
    const waiters = [...batch.values()].flatMap((one) => one.waiters)
    options.onPass(ids, true)
    try {
      const { report } = await options.pass(scopes)
      // Whoever waits does so until the new files are in; the next pass need not.
      for (const waiter of waiters) report.then(waiter.resolve, waiter.reject)
      report.catch(options.onDefect)
    } catch (error) {
      for (const waiter of waiters) waiter.reject(error)
      if (!closed) options.onDefect(error)
    } finally {
      lastCostMs = performance.now() - began
      if ([...batch.values()].some(({ whole }) => whole)) lastScanMs = lastCostMs
      options.onPass(ids, false)
    }
  }
  const schedule = (afterMs: number): void => {
    if (closed || running !== null) return
    const now = clock.now()
    if (cancelTimer === null) dueSince = now
    cancelTimer?.()
    const rest = Math.min(endedAt + lastCostMs * REST - now, 60_000)
    const wait = Math.max(rest, Math.min(afterMs, dueSince + MOST_WAIT_MS - now), 0)
    cancelTimer = clock.after(wait, run)
  }

  return {
    look(folderId, directory, afterMs = QUIET_MS) {
      if (closed) return
      want(folderId).directories.add(directory)
      schedule(afterMs)
    },
    scan(folderId) {
      const waiter = Promise.withResolvers<WatchedReport>()
      const entry = want(folderId)
      entry.whole = true
      entry.waiters.push(waiter)
      run()
      return waiter.promise
    },
    get lastScanMs() {
      return lastScanMs
    },
    async close() {
      closed = true
      cancelTimer?.()
      await running
    },
  }
}
