import { existsSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { RowId, Sha256 } from '../../../shared/domain/ids.ts'
import { thumbnailPath } from '../catalog/thumbnailPath.ts'
import { makeFolder } from '../disk/makeFolder.ts'
import type { ObjectStore } from '../ports.ts'
import type { AssetPlaces } from './cloudOnlyAssets.ts'
import { readSmall } from './libraryManifest.ts'
import { thumbnailKey } from './objectKeys.ts'

/** The one that is in the bucket, pixels. */
const SIZE = 600
/** No thumbnail of that size has more. */
const LARGEST_BYTES = 4 * 1024 * 1024
const AT_ONCE = 6
const PAGE = 500
/** Assets that are looked at in one go, so that nothing waits for a look at a million. */
const LOOKS = 2000
/** Of what windows have asked for, the latest; who scrolls on does not wait for what was passed. */
const MOST_PREFERRED = 1000

export interface ThumbnailFetches {
  readonly size: number
  /** Whether every cloud-only asset was looked at, and none lacks its thumbnail. */
  readonly isDone: boolean
  /** An earlier process has left nothing to do. */
  skipLook(): void
  /** Looks at all cloud-only assets again if something is lacking. */
  lookAgain(): void
  /** Fetches what these lack before anything else: a window shows them. */
  prefer(rows: readonly RowId[]): void
  /** Fetches what these lack, too: they have turned out to be cloud-only. */
  add(rows: readonly RowId[]): void
  /** Starts what can be started. Returns whether there is more to look at now. */
  fill(store: ObjectStore): boolean
  stopAll(): Promise<void>
}

export interface ThumbnailFetchOptions extends Omit<AssetPlaces, 'remoteId'> {
  /** Makes the smaller sizes of the one that was fetched, where there are decoders. */
  readonly draw?: ((file: string, sha256: Sha256) => Promise<void>) | undefined
  /** A fetch has ended; the thumbnail of the row is there now, null if it is not. */
  readonly onEnded: (row: RowId | null) => void
  /** One could not be fetched because of the store as a whole. */
  readonly onFailed: (error: unknown) => void
}

/**
 * Fetches the thumbnails of assets whose originals are elsewhere: the newest first, what a window shows before those. What is
 * in the cache already costs one look. A thumbnail that the bucket lacks is looked for again with the next connection.
 */
export function thumbnailFetches(options: ThumbnailFetchOptions): ThumbnailFetches {
  const { catalog, root, owner } = options
  const running = new Map<Sha256, Promise<void>>()
  const preferred: RowId[] = []
  const waiting: RowId[] = []
  const lacking = new Set<Sha256>()
  let before: RowId | null = Number.MAX_SAFE_INTEGER
  let stopped = new AbortController()

  function nextRow(): RowId | null {
    const next = preferred.pop() ?? waiting.pop()
    if (next !== undefined) return next
    if (before === null) return null
    const rows = catalog.remotes.cloudOnly(before, PAGE)
    before = rows.length < PAGE ? null : (rows.at(-1) ?? null)
    waiting.push(...[...rows].reverse())
    return waiting.pop() ?? null
  }

  /** Returns whether it is there now. */
  async function fetchOne(store: ObjectStore, sha256: Sha256, target: string): Promise<boolean> {
    const { signal } = stopped
    try {
      const bytes = await readSmall(store, thumbnailKey(owner, sha256), LARGEST_BYTES)
      if (signal.aborted || !isWebp(bytes)) {
        lacking.add(sha256)
        return false
      }
      makeFolder(dirname(target))
      const copy = `${target}.part`
      await writeFile(copy, bytes)
      // The smaller ones first: the large one is what a later look goes by.
      await options.draw?.(copy, sha256).catch(() => undefined)
      await rename(copy, target).catch(() => rm(copy, { force: true }))
      return true
    } catch (error) {
      lacking.add(sha256)
      const isAlone = error instanceof VitrineError && (error.code === 'not_found' || error.code === 'remote_checksum')
      if (!isAlone && !signal.aborted) options.onFailed(error)
      return false
    }
  }

  return {
    get size() {
      return running.size
    },
    get isDone() {
      return before === null && waiting.length === 0 && running.size === 0 && lacking.size === 0
    },
    skipLook() {
      before = null
    },
    lookAgain() {
      if (lacking.size === 0) return
      before = Number.MAX_SAFE_INTEGER
      waiting.length = 0
      lacking.clear()
    },
    prefer(rows) {
      preferred.push(...[...rows].reverse())
      preferred.splice(0, preferred.length - MOST_PREFERRED)
    },
    add(rows) {
      waiting.push(...rows)
    },
    fill(store) {
      for (let looks = 0; running.size < AT_ONCE && looks < LOOKS; looks++) {
        const row = nextRow()
        if (row === null) return false
        const asset = catalog.assets.findByRow(row)
        if (asset === undefined || running.has(asset.sha256) || lacking.has(asset.sha256)) continue
        const target = join(root, thumbnailPath(asset.sha256, SIZE))
        if (existsSync(target)) continue
        const done = fetchOne(store, asset.sha256, target).then((fetched) => {
          running.delete(asset.sha256)
          options.onEnded(fetched ? row : null)
        })
        running.set(asset.sha256, done)
      }
      return running.size < AT_ONCE
    },
    async stopAll() {
      stopped.abort()
      await Promise.all(running.values())
      stopped = new AbortController()
    },
  }
}

/** Only what the container says; it is decoded where anything may happen to the decoder. */
function isWebp(bytes: Buffer): boolean {
  return bytes.length > 12 && bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP'
}
