import { randomUUID } from 'node:crypto'
import {
  EXPIRED_GRACE_DAYS,
  type ExpiryReport,
  type LifecyclePolicy,
  type LifecycleStatus,
} from '../../../shared/domain/lifecycle.ts'
import { iso } from '../catalog/assetRows.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Clock } from '../ports.ts'
import { countAssets } from './countLabel.ts'
import { BELIEVE_MS, type ExpiryClock, lookAtClock } from './expiryClock.ts'
import { DAY_MS } from './lifecyclePolicy.ts'
import { purgeAssets } from './purgeAssets.ts'
import type { FileRemover } from './purgeFiles.ts'

const CLOCK_SETTING = 'expiry.clock'
/** An asset that somebody touched within this time does not go, whatever its date: undoing a keep must not end it. */
const TOUCHED_MS = DAY_MS
const LOOK_MS = 10 * 60_000
/** The start of a program has other things to do first. */
const FIRST_LOOK_MS = 20_000
/** Assets that expire in one transaction. */
const BATCH = 2000
/** Assets that are removed for good in one go of `purgeAssets`. */
const PURGE_BATCH = 1000

export interface ExpiryOptions {
  readonly catalog: Catalog
  readonly clock: Clock
  readonly files: FileRemover
  readonly onChange: () => void
  readonly onDefect: (error: unknown) => void
}

/** Ends what nobody kept: from the Workspace to Trash, and from Trash for good. Everything is in the catalogue, so it may be killed. */
export interface Expiry {
  /** Looks every ten minutes from now on. */
  start(): void
  /**
   * Does what is due. With `at` (ms) as if it were then, whatever the clock has done; `force`: also what is held.
   * @throws what the catalogue says
   */
  run(options?: { readonly at?: number | undefined; readonly force?: boolean | undefined }): Promise<ExpiryReport>
  status(): LifecycleStatus
  close(): Promise<void>
}

export function createExpiry(options: ExpiryOptions): Expiry {
  const { catalog, clock, files } = options
  let running: Promise<unknown> = Promise.resolve()
  let cancel: (() => void) | null = null
  let closed = false

  const look = (): ExpiryClock => {
    const next = lookAtClock(readClock(catalog), clock.now())
    catalog.setSetting(CLOCK_SETTING, next)
    return next
  }
  const held = (at: ExpiryClock | null): ExpiryReport['held'] => {
    if (at === null || at.jump === null) return null
    const now = clock.now()
    const due = (until: number): number => catalog.lifecycle.countExpired(until, now - TOUCHED_MS)
    const assets = due(now) - due(Math.min(at.confirmedUntil, now))
    if (assets === 0) return null
    return { assets, since: iso(at.jump.from) ?? '', until: iso(at.jump.to + BELIEVE_MS) ?? '' }
  }
  const expire = async (until: number, now: number): Promise<number> => {
    const groupId = `expire-${randomUUID()}`
    const label = (count: number): string => `${countAssets(count)} expired`
    let count = 0
    while (!closed) {
      const { count: done } = catalog.mutate({ kind: 'expire', label, undoable: false, now, groupId }, (writer) => {
        // Read in the transaction that writes: whatever was kept a moment ago is not among them.
        const due = catalog.lifecycle.expired(until, now - TOUCHED_MS, BATCH)
        writer.setMany(
          'deleted_at',
          due.map(({ rowId }) => rowId),
          now,
        )
      })
      count += done
      if (done < BATCH) break
      await new Promise<void>((resolve) => setImmediate(resolve))
    }
    return count
  }
  const purge = async (until: number, now: number): Promise<{ count: number; bytes: number }> => {
    const { trashDays, expiredDays } = keptDays(catalog.lifecycle.policy())
    const before = (days: number | null): number | null => (days === null ? null : until - days * DAY_MS)
    let [count, bytes] = [0, 0]
    while (!closed) {
      const due = catalog.lifecycle.purgeable(before(trashDays), before(expiredDays), PURGE_BATCH)
      if (due.length === 0) break
      const purged = await purgeAssets(
        catalog,
        due.map(({ rowId }) => rowId),
        due.length,
        now,
        (removed) => `Trash was cleaned: ${countAssets(removed)} removed for good`,
      )
      count += purged.result.count
      bytes += purged.bytes
      if (due.length < PURGE_BATCH) break
    }
    return { count, bytes }
  }
  const run = async (at: number | undefined, force: boolean): Promise<ExpiryReport> => {
    // A time that is asked for says nothing of the clock.
    const seen = at === undefined ? look() : readClock(catalog)
    const now = at ?? clock.now()
    const until = at !== undefined || force || seen === null ? now : Math.min(now, seen.confirmedUntil)
    const expired = await expire(until, now)
    const purged = await purge(until, now)
    await files.work()
    if (expired + purged.count > 0) options.onChange()
    return {
      expired,
      purged: purged.count,
      bytes: purged.bytes,
      filesLeft: catalog.lifecycle.countRemovals(),
      held: at === undefined && !force ? held(seen) : null,
    }
  }
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = running.then(work, work)
    running = result.catch(() => undefined)
    return result
  }
  const lookLater = (ms: number): void => {
    cancel = clock.after(ms, () => {
      inTurn(() => run(undefined, false))
        .catch((error: unknown) => {
          if (!closed) options.onDefect(error)
        })
        .finally(() => {
          if (!closed) lookLater(LOOK_MS)
        })
    })
  }

  return {
    start() {
      if (cancel !== null || closed) return
      lookLater(FIRST_LOOK_MS)
    },
    run: ({ at, force = false } = {}) => inTurn(() => run(at, force)),
    status() {
      const policy = catalog.lifecycle.policy()
      const oldest = catalog.lifecycle.oldestInTrash()
      const { trashDays, expiredDays } = keptDays(policy)
      const ends = [
        oldest.any !== null && trashDays !== null ? oldest.any + trashDays * DAY_MS : null,
        oldest.expired !== null && expiredDays !== null ? oldest.expired + expiredDays * DAY_MS : null,
      ].filter((end) => end !== null)
      const trash = catalog.lifecycle.totals().filter(({ space }) => space === 'trash')
      return {
        policy,
        workspace: { nextExpiryAt: iso(catalog.lifecycle.nextExpiryAt()), held: held(readClock(catalog)) },
        trash: {
          assets: trash.reduce((sum, { assets }) => sum + assets, 0),
          bytes: trash.reduce((sum, { bytes }) => sum + bytes, 0),
          nextPurgeAt: iso(ends.length === 0 ? null : Math.min(...ends)),
        },
        removals: { files: catalog.lifecycle.countRemovals(), problem: files.problem },
      }
    },
    async close() {
      closed = true
      cancel?.()
      await running
    },
  }
}

/** How long Trash keeps things: what a person put there, and what had expired, which goes sooner. Null: for ever. */
function keptDays({ trashDays, expiryDays }: LifecyclePolicy) {
  const grace = trashDays === null ? EXPIRED_GRACE_DAYS : Math.min(EXPIRED_GRACE_DAYS, trashDays)
  return { trashDays, expiredDays: expiryDays === null ? trashDays : grace }
}

function readClock(catalog: Pick<Catalog, 'getSetting'>): ExpiryClock | null {
  const stored = catalog.getSetting(CLOCK_SETTING)
  if (typeof stored !== 'object' || stored === null) return null
  const { seenAt, confirmedUntil, jump } = stored as Partial<ExpiryClock>
  if (typeof seenAt !== 'number' || typeof confirmedUntil !== 'number') return null
  return { seenAt, confirmedUntil, jump: jump ?? null }
}
