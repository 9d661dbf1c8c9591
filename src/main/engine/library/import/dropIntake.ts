import { statSync } from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import type { AssetId, ImportId } from '../../../../shared/domain/ids.ts'
import type { ImportOptions } from '../../../../shared/domain/import.ts'
import { isSidecarName, sidecarNamesFor } from '../../../../shared/domain/sidecarNames.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { NewImportItem } from '../../catalog/importRecords.ts'
import type { Clock, WatchedFile } from '../../ports.ts'
import { createWaitingSidecars } from './waitingSidecars.ts'

export interface DropIntakeOptions {
  readonly dropFolder: string
  readonly clock: Clock
  readonly catalog: Pick<Catalog, 'assets' | 'imports'>
  /** Makes a drop import that runs. */
  readonly create: (options: ImportOptions) => ImportId
  /** A generator's job has got a file. */
  readonly begin: (job: string) => void
  /** Makes an import look for pending items. */
  readonly run: (id: ImportId) => void
}

/** Turns stable files of the drop folder into items of one running import, which ends when the folder is drained. */
export interface DropIntake {
  add(file: WatchedFile): void
  /** An item of a drop import has been dealt with. */
  settled(path: string, failed: boolean): void
  /** What is left of a drop import stays in the folder, and is left alone like a file that failed. */
  cancelled(id: ImportId): void
  /** Goes on with a drop import of an earlier process. */
  adopt(id: ImportId): void
  /** Files that failed are taken again the next time they are reported, though they have not changed. */
  forget(paths: readonly string[]): void
  /** False while files wait to become items of this import. */
  mayEnd(id: ImportId): boolean
  /** True while a file waits for the one that it describes. */
  readonly holding: boolean
  close(): void
}

/** The drop folder drains: a file that was taken in is removed from it. */
const OPTIONS: ImportOptions = { space: 'workspace', mode: 'move' }
/** Files that a generator writes together become items in one transaction. */
const GATHER_MS = 15
const EVERY_ITEM = 1_000_000

export function createDropIntake(options: DropIntakeOptions): DropIntake {
  const { clock } = options
  const { imports } = options.catalog
  /** Reported, not yet an item; of a sidecar also the asset that it describes. */
  const waiting = new Map<string, { readonly file: WatchedFile; readonly describes: AssetId | null }>()
  /** Items of drop imports that are not yet dealt with, as they were when they were handed over. */
  const inFlight = new Map<string, { readonly id: ImportId; readonly seen: string }>()
  /** Every path the current import has had. An import holds a path once; a new file of that name needs a new import. */
  const had = new Set<string>()
  /** Fingerprints of files that failed or were cancelled: they stay where they are and are left alone until they change. */
  const failures = new Map<string, string>()
  let current: ImportId | null = null
  let cancelTimer: (() => void) | null = null

  const schedule = (): void => {
    cancelTimer ??= clock.after(GATHER_MS, () => {
      cancelTimer = null
      flush()
    })
  }
  const flush = (): void => {
    const ready = [...waiting.values()].filter(({ file }) => !inFlight.has(file.path))
    for (const { file } of ready) waiting.delete(file.path)
    const taken = ready.filter(({ file }) => failures.get(file.path) !== fingerprint(file) && exists(file.path))
    const isTaken = new Set(taken.map(({ file }) => file.path))
    for (const { file } of ready) if (!isTaken.has(file.path)) sidecars.dealtWith(file.path, outcomeOf(file.path, true))
    if (taken.length === 0) return
    const id = importFor(taken.map(({ file }) => file))
    const items: NewImportItem[] = []
    for (const { file, describes } of taken) {
      const { path, size } = file
      inFlight.set(path, { id, seen: fingerprint(file) })
      had.add(path)
      const job = jobOf(options.dropFolder, path)
      items.push({ path, bytes: size, job, skip: null, sidecars: null, sidecarOf: null, assetId: describes })
    }
    for (const job of new Set(items.map((item) => item.job))) if (job !== null) options.begin(job)
    imports.addItems(id, items)
    options.run(id)
  }
  const importFor = (files: readonly WatchedFile[]): ImportId => {
    const running = current !== null && imports.get(current)?.state === 'running' ? current : null
    if (running !== null && !files.some(({ path }) => had.has(path))) return running
    dismissSuccessful()
    had.clear()
    current = options.create(OPTIONS)
    return current
  }
  /** Drop imports come many times an hour; those that nobody needs to look at make room for the next. */
  const dismissSuccessful = (): void => {
    for (const { id, source, state, counts } of imports.list()) {
      if (source === 'drop-folder' && state === 'done' && counts.failed === 0) imports.dismiss(id)
    }
  }

  const take = (file: WatchedFile, describes: AssetId | null): void => {
    waiting.set(file.path, { file, describes })
    sidecars.expect(file.path)
    // The first of many at once: whoever asks now whether an import runs must hear of it.
    if (current === null || imports.get(current)?.state !== 'running') flush()
    else schedule()
  }
  const add = (file: WatchedFile): void => {
    if (isSidecarName(basename(file.path)) && failures.get(file.path) !== fingerprint(file)) sidecars.add(file)
    else take(file, null)
  }
  const sidecars = createWaitingSidecars({
    catalog: options.catalog,
    clock,
    take,
    leave: (file) => failures.set(file.path, fingerprint(file)),
  })
  /** What was left in the folder because the file that it describes had failed. */
  const followers = (path: string): void => {
    for (const name of sidecarNamesFor(basename(path))) {
      const sidecar = join(dirname(path), name)
      const found = failures.delete(sidecar) ? statSync(sidecar, { throwIfNoEntry: false }) : undefined
      if (found?.isFile()) sidecars.add({ path: sidecar, size: found.size, mtimeMs: found.mtimeMs })
    }
  }

  return {
    add,
    settled(path, failed) {
      if (!failed && failures.size > 0) followers(path)
      const item = inFlight.get(path)
      if (item === undefined) return
      inFlight.delete(path)
      if (failed) failures.set(path, item.seen)
      else failures.delete(path)
      sidecars.dealtWith(path, outcomeOf(path, failed))
      if (waiting.has(path)) schedule()
    },
    adopt(id) {
      current = id
      had.clear()
      const { imported, duplicates, failed } = imports.report(id)
      for (const { path } of [...imported, ...duplicates, ...failed]) had.add(path)
      for (const { path } of imports.pending(id, EVERY_ITEM)) {
        had.add(path)
        sidecars.expect(path)
        // The file is looked at by the import itself; what it was like when it was reported is not known any more.
        inFlight.set(path, { id, seen: '' })
      }
    },
    cancelled(id) {
      for (const [path, item] of inFlight) {
        if (item.id !== id) continue
        inFlight.delete(path)
        failures.set(path, item.seen)
        sidecars.dealtWith(path, outcomeOf(path, true))
      }
      schedule()
    },
    forget(paths) {
      for (const path of paths) failures.delete(path)
    },
    mayEnd: (id) => id !== current || waiting.size === 0,
    get holding() {
      return sidecars.size > 0
    },
    close() {
      sidecars.close()
      cancelTimer?.()
      cancelTimer = null
    },
  }
}

/** The first folder below the drop folder: a generator's job. Null for a file that lies in the drop folder itself. */
export function jobOf(dropFolder: string, path: string): string | null {
  const parts = relative(dropFolder, path).split(sep)
  const [first] = parts
  return parts.length > 1 && first !== undefined && first !== '..' && first !== '' ? first : null
}

function outcomeOf(path: string, failed: boolean): 'taken' | 'failed' | 'gone' {
  if (!failed) return 'taken'
  return exists(path) ? 'failed' : 'gone'
}

/** A file that is gone was taken in already, or taken away by whoever put it there. */
function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined
}

function fingerprint(file: WatchedFile): string {
  return `${file.size}:${file.mtimeMs}`
}
