import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { CareStatus, EvictionReport } from '../../../../shared/domain/cloudCare.ts'
import type { AssetId, CollectionId } from '../../../../shared/domain/ids.ts'
import type { Owner } from '../objectKeys.ts'
import type { OpenRemote } from '../openRemote.ts'
import { readCareSettings } from './careSettings.ts'
import { type EvictContext, recoverEvictions } from './evictOriginal.ts'
import { evictOriginals } from './evictOriginals.ts'
import { type PinnedOptions, pinnedOriginals } from './pinnedOriginals.ts'
import { type Shrunk, shrinkToBudget } from './shrinkToBudget.ts'
import { versionsHere } from './versionsHere.ts'

export interface CareOptions extends PinnedOptions {
  readonly owner: Owner
  readonly root: string
  /** The library's bucket while it can be used in the background: not while sync is paused, offline or stopped. */
  readonly connection: () => OpenRemote | null
  readonly exclusively: EvictContext['exclusively']
  readonly onChanged: () => void
  /** The bucket as a whole could not be asked. */
  readonly onFailed: (error: unknown) => void
  readonly onDefect: (error: unknown) => void
}

/** Keeps this computer's originals as its settings want them: what is pinned comes and stays, what is over the budget goes. */
export interface Care {
  start(): void
  /** Something may be otherwise: a connection, a setting, the library; `membership`: also what collections hold. */
  poke(membership: boolean): void
  status(): Omit<CareStatus, 'scrub'>
  setPinned(id: CollectionId, pinned: boolean): void
  noteUse(ids: readonly AssetId[]): void
  evict(remote: OpenRemote, ids: readonly AssetId[]): Promise<EvictionReport>
  shrink(remote: OpenRemote, budgetBytes: number): Promise<Shrunk>
  close(): Promise<void>
}

/** Gathers changes before everything is looked at again, ms. */
const GATHER_MS = 2_000
/** Between two looks without a change, ms: time makes originals old enough to go. */
const LOOK_MS = 5 * 60_000
/** Between two removals in the background, ms. */
const PACE_MS = 20
/** An original that is read again and again is noted once in this time, ms. */
const NOTE_EVERY_MS = 60_000
const NOTED = 10_000

export function createCare(options: CareOptions): Care {
  const { catalog, clock, root } = options
  const noted = new Map<AssetId, number>()
  const pins = pinnedOriginals(options)
  let cancelTimer: (() => void) | null = null
  let running: Promise<void> | null = null
  let started = false
  let closed = false
  /** A look is due within `GATHER_MS`, or follows the one that is under way. */
  let soon = false
  /** What was here when nothing more could go, so that it is not tried again and again. */
  let settledBytes: number | null = null
  let settledAt = 0
  /** What files of earlier versions take here, as of the last count. */
  let versionBytes = 0
  let versionsCountedAt: number | null = null
  recoverEvictions({ catalog, root })

  function contextOf({ store, remoteId }: OpenRemote): EvictContext {
    return {
      catalog,
      root,
      owner: options.owner,
      store,
      remoteId,
      now: () => clock.now(),
      isPinned: (row) => pins.rows().has(row),
      exclusively: options.exclusively,
    }
  }

  function schedule(ms: number): void {
    cancelTimer?.()
    cancelTimer = started && !closed ? clock.after(ms, run) : null
  }

  function lookSoon(): void {
    if (soon) return
    soon = true
    if (running === null) schedule(GATHER_MS)
  }

  function run(): void {
    cancelTimer = null
    if (running !== null || closed) return
    soon = false
    running = turn()
      .catch((error: unknown) => {
        if (!(error instanceof VitrineError)) options.onDefect(error)
        else options.onFailed(error)
      })
      .finally(() => {
        running = null
        schedule(soon ? GATHER_MS : LOOK_MS)
      })
  }

  async function turn(): Promise<void> {
    await countVersions()
    const remote = options.connection()
    if (remote === null) return
    while (isOpen(remote) && (await pins.fetchSome(remote))) options.onChanged()
    if (!isOpen(remote)) return
    await keepBudget(remote)
  }

  /** Whether work with this connection may go on. */
  function isOpen({ store }: OpenRemote): boolean {
    return !closed && options.connection()?.store === store
  }

  /** Counted anew from time to time: only the disk knows which of these files are here. */
  async function countVersions(): Promise<void> {
    if (versionsCountedAt !== null && clock.now() - versionsCountedAt < LOOK_MS) return
    versionBytes = (await versionsHere(catalog, root)).bytes
    versionsCountedAt = clock.now()
  }

  const bytesHere = (): number => catalog.localOriginals.bytesHere() + versionBytes

  async function keepBudget(remote: OpenRemote): Promise<void> {
    const { budgetBytes } = readCareSettings(catalog)
    const bytes = bytesHere()
    if (budgetBytes === null || bytes <= budgetBytes) return
    if (bytes === settledBytes && clock.now() - settledAt < LOOK_MS) return
    const goOn = async (): Promise<boolean> => {
      await new Promise<void>((resolve) => clock.after(PACE_MS, resolve))
      return isOpen(remote)
    }
    const { evicted } = await shrinkToBudget(contextOf(remote), budgetBytes, goOn)
    versionsCountedAt = null
    await countVersions()
    settledBytes = bytesHere()
    settledAt = clock.now()
    if (evicted > 0) options.onChanged()
  }

  return {
    start() {
      started = true
      schedule(GATHER_MS)
    },
    poke(membership) {
      pins.lookAgain(membership)
      lookSoon()
    },
    status: () => ({
      settings: readCareSettings(catalog),
      bytesHere: bytesHere(),
      pinned: [...catalog.localOriginals.pinned()],
      toFetch: pins.toFetch,
    }),
    setPinned(id, pinned) {
      if (pinned && catalog.collections.get(id) === undefined) {
        throw new VitrineError('not_found', 'That collection does not exist any more.', { id })
      }
      catalog.localOriginals.setPinned(id, pinned, clock.now())
      settledBytes = null
      pins.retry()
      lookSoon()
      options.onChanged()
    },
    noteUse(ids) {
      const now = clock.now()
      const fresh = ids.filter((id) => now - (noted.get(id) ?? 0) > NOTE_EVERY_MS)
      if (fresh.length === 0) return
      if (noted.size > NOTED) noted.clear()
      for (const id of fresh) noted.set(id, now)
      catalog.localOriginals.noteUse(fresh, now)
    },
    async evict(remote, ids) {
      const report = await evictOriginals(contextOf(remote), ids, options.onDefect)
      options.onChanged()
      return report
    },
    async shrink(remote, budgetBytes) {
      const shrunk = await shrinkToBudget(contextOf(remote), budgetBytes, async () => !closed)
      versionsCountedAt = null
      await countVersions()
      options.onChanged()
      return shrunk
    },
    async close() {
      closed = true
      cancelTimer?.()
      await running
    },
  }
}
