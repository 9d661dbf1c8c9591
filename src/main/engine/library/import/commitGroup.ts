import type { Sidecar } from '../../../../shared/domain/asset.ts'
import type { AssetId, ImportId } from '../../../../shared/domain/ids.ts'
import type { ImportedFile, RegisterOutcome } from '../../catalog/assetRecords.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { ItemResult } from '../../catalog/importRecords.ts'
import type { Clock } from '../../ports.ts'
import type { LibraryFolder } from '../libraryFolder.ts'
import { foldersAbove, syncFolders } from './placeOriginal.ts'

/** Files whose fate is decided, written to the catalogue many at a time. */
export interface CommitGroup {
  /** Resolves when the row is committed. Rejects with the catalogue's error; then no row was written. */
  register(file: ImportedFile): Promise<RegisterOutcome>
  /** Resolves when the asset has the sidecars, which stand in their place. Rejects like `register`. */
  attach(id: AssetId, sidecars: readonly Sidecar[]): Promise<void>
  /** Resolves when the item is settled. */
  settle(importId: ImportId, itemId: number, result: ItemResult): Promise<void>
  /** Resolves when all that was handed over before is written or refused. */
  flushed(): Promise<void>
}

interface Pending<T, R> {
  readonly value: T
  readonly resolve: (result: R) => void
  readonly reject: (error: unknown) => void
}
interface Settlement {
  readonly importId: ImportId
  readonly itemId: number
  readonly result: ItemResult
}

const FLUSH_MS = 25
/** While many come: whoever waits for one of hundreds waits for the last of them. */
const BUSY_FLUSH_MS = 100
const BUSY_FILES = 8
const FLUSH_FILES = 64

/**
 * One transaction for as many files as come within 25 ms, or 100 ms after a group of several, and at most 64: a transaction's
 * cost is mostly its fsync and the pages that all of its rows share.
 */
export function createCommitGroup(
  catalog: Pick<Catalog, 'assets' | 'imports'>,
  clock: Clock,
  folder: LibraryFolder,
): CommitGroup {
  let files: Pending<ImportedFile, RegisterOutcome>[] = []
  let settlements: Pending<Settlement, void>[] = []
  let cancelTimer: (() => void) | null = null
  let lastSize = 0
  let writing: Promise<void> = Promise.resolve()

  const flush = (): Promise<void> => {
    cancelTimer?.()
    cancelTimer = null
    const group = files
    const settled = settlements
    files = []
    settlements = []
    lastSize = group.length + settled.length
    writing = writing.then(() => write(group, settled))
    return writing
  }
  const write = async (
    group: readonly Pending<ImportedFile, RegisterOutcome>[],
    settled: readonly Pending<Settlement, void>[],
  ): Promise<void> => {
    if (group.length > 0) await attempt(group, () => registerGroup(group.map(({ value }) => value)))
    for (const [importId, items] of Map.groupBy(settled, ({ value }) => value.importId)) {
      await attempt(items, async () => {
        catalog.imports.settle(
          importId,
          items.map(({ value }) => value),
        )
        return items.map(() => undefined)
      })
    }
  }
  const registerGroup = async (group: readonly ImportedFile[]): Promise<readonly RegisterOutcome[]> => {
    // The renames must be on the disk before a row says that the files are there.
    await syncAbove(
      group.flatMap(({ storagePath, sidecars = [] }) => [storagePath, ...sidecars.map(({ path }) => path)]),
    )
    return catalog.assets.register(group)
  }
  const syncAbove = (paths: readonly string[]): Promise<void> =>
    syncFolders(paths.flatMap((path) => (isBelowRoot(path) ? foldersAbove(folder, path) : [])))
  const schedule = (): void => {
    if (files.length + settlements.length >= FLUSH_FILES) void flush()
    else cancelTimer ??= clock.after(lastSize < BUSY_FILES ? FLUSH_MS : BUSY_FLUSH_MS, () => void flush())
  }

  return {
    register: (value) =>
      new Promise((resolve, reject) => {
        files.push({ value, resolve, reject })
        schedule()
      }),
    attach(id, sidecars) {
      const attached = writing.then(async () => {
        await syncAbove(sidecars.map(({ path }) => path))
        catalog.assets.attachSidecars(id, sidecars)
      })
      writing = attached.catch(() => {
        // Told to whoever asked; the next ones are written all the same.
      })
      return attached
    },
    settle: (importId, itemId, result) =>
      new Promise((resolve, reject) => {
        settlements.push({ value: { importId, itemId, result }, resolve, reject })
        schedule()
      }),
    flushed: flush,
  }
}

function isBelowRoot(storagePath: string): boolean {
  return storagePath.startsWith('originals/')
}

async function attempt<T, R>(pending: readonly Pending<T, R>[], work: () => Promise<readonly R[]>): Promise<void> {
  try {
    const results = await work()
    pending.forEach((item, index) => {
      item.resolve(results[index] as R)
    })
  } catch (error) {
    for (const item of pending) item.reject(error)
  }
}
