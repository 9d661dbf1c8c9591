import { setImmediate } from 'node:timers/promises'
import type { AssetId, RowId } from '../../../../shared/domain/ids.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { Clock } from '../../ports.ts'
import type { OpenRemote } from '../openRemote.ts'

/** Few, so that what a person wants to see now finds room beside them. */
const AT_ONCE = 4
/** Rows that are looked at before others may have the engine. */
const LOOKED_AT = 1000
/** One that could not be had is asked for again after this time, ms. */
const AGAIN_MS = 60 * 60_000

export interface PinnedOptions {
  readonly catalog: Catalog
  readonly clock: Clock
  /** Rows of pinned collections. */
  readonly pinnedRows: () => ReadonlySet<RowId>
  /** Whether a file of this size waits for better conditions. */
  readonly mustWait: (bytes: number) => boolean
  /** Fetches originals; those that could not be had are named. */
  readonly fetch: (
    remote: OpenRemote,
    ids: readonly AssetId[],
  ) => Promise<{ readonly failed: readonly { readonly id: AssetId }[] }>
}

export interface PinnedOriginals {
  /** As of the last change of what collections hold. */
  rows(): ReadonlySet<RowId>
  /** Originals that have still to come, as far as that was looked at. */
  readonly toFetch: number
  /** Something may be elsewhere now; with `membership`, collections may hold others. */
  lookAgain(membership: boolean): void
  /** Other collections are pinned; also what could not be had before is tried again. */
  retry(): void
  /** Fetches a few that are only in the bucket. Returns whether to ask again. */
  fetchSome(remote: OpenRemote): Promise<boolean>
}

/** Brings the originals of pinned collections here, and knows which those are. */
export function pinnedOriginals(options: PinnedOptions): PinnedOriginals {
  const { catalog, clock } = options
  const failedAt = new Map<AssetId, number>()
  let known: ReadonlySet<RowId> | null = null
  let away: AssetId[] = []
  let stale = true

  function rows(): ReadonlySet<RowId> {
    known ??= catalog.localOriginals.pinned().length === 0 ? NONE : options.pinnedRows()
    return known
  }

  async function lookFor(): Promise<AssetId[]> {
    const since = clock.now() - AGAIN_MS
    const found: AssetId[] = []
    let looked = 0
    for (const row of rows()) {
      if (++looked % LOOKED_AT === 0) await setImmediate()
      const asset = catalog.assets.findByRow(row)
      if (asset === undefined || (failedAt.get(asset.id) ?? 0) > since || options.mustWait(asset.fileSizeBytes))
        continue
      if (catalog.assets.isElsewhere(asset.id)) found.push(asset.id)
    }
    return found
  }

  return {
    rows,
    get toFetch() {
      return away.length
    },
    lookAgain(membership) {
      stale = true
      if (membership) known = null
    },
    retry() {
      failedAt.clear()
      known = null
      away = []
      stale = true
    },
    async fetchSome(remote) {
      if (away.length === 0 && stale) {
        stale = false
        away = await lookFor()
      }
      const ids = away.splice(0, AT_ONCE).filter((id) => catalog.assets.isElsewhere(id))
      if (ids.length === 0) return away.length > 0
      const { failed } = await options.fetch(remote, ids)
      for (const { id } of failed) failedAt.set(id, clock.now())
      return true
    },
  }
}

const NONE: ReadonlySet<RowId> = new Set()
