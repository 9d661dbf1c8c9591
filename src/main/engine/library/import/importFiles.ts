import { randomUUID, randomUUIDv7 } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { toErrorData, VitrineError } from '../../../../shared/contract/errors.ts'
import { type AssetId, type ImportId, importIdSchema, type RemoteId } from '../../../../shared/domain/ids.ts'
import {
  type ImportFailure,
  type ImportOptions,
  type ImportReport,
  type ImportRules,
  type ImportSummary,
  importRulesSchema,
} from '../../../../shared/domain/import.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { ImportRow, ImportSource, NewImportItem } from '../../catalog/importRecords.ts'
import type { ArrivedFile, Clock, ForeignObjects, Scanner, WatchedFile } from '../../ports.ts'
import { readImportSettings } from '../importSettings.ts'
import type { LibraryFolder } from '../libraryFolder.ts'
import { arrivedFiles } from './arrivedFiles.ts'
import { createBoundedWork } from './boundedWork.ts'
import { createByHash } from './byHash.ts'
import { createCommitGroup } from './commitGroup.ts'
import { createDropIntake } from './dropIntake.ts'
import { compileIgnore } from './ignorePatterns.ts'
import type { ImportTools } from './importItem.ts'
import { createImportProgress } from './importProgress.ts'
import { createIntake } from './intake.ts'
import { isOrganised, organiseImported } from './organise/organiseImported.ts'
import { type ImportPreview, previewImport } from './previewImport.ts'
import { removeLeftovers, sweepOriginals, unregisteredOriginals } from './recoverImports.ts'
import { type ImportRun, runImport } from './runImport.ts'
import { createScannerChoice } from './scannerChoice.ts'
import { type StoredFile, storeFile } from './storeFile.ts'
import type { TakenIn } from './takeIn.ts'

export interface ImporterOptions {
  readonly catalog: Catalog
  readonly clock: Clock
  readonly folder: LibraryFolder
  /** The watched folder, if it is not the library's own. */
  readonly dropFolder?: string
  /** A scanner at an address of the settings; used while scanning is on. */
  readonly openScanner: (address: string) => Scanner
  /** All imports a person can see, at most ten times a second. */
  readonly onChange: (imports: readonly ImportSummary[]) => void
  /** What went wrong that is nobody's file: for the log. */
  readonly onDefect?: (error: unknown) => void
  /** How many files are read at once; two a core unless said otherwise. */
  readonly concurrency?: number
  /** Absolute path of `intake.thread`, source or bundle. */
  readonly intakeProgram: string
  /** Buckets whose objects are taken in where they are. */
  readonly foreign?: () => ForeignObjects
}

export interface Importer {
  /** What an import of these paths would find. */
  preview(paths: readonly string[]): Promise<ImportPreview>
  /** Writes the import down and begins it; returns at once. Throws `invalid_request` for a pattern that means nothing. */
  start(paths: readonly string[], options: ImportOptions, source: ImportSource): ImportSummary
  /** Begins an import of files that are known already. */
  startItems(items: readonly NewImportItem[], options: ImportOptions, source: ImportSource): ImportId
  /** Begins to take in what is new in a bucket, where it is. One that runs already is answered instead. */
  adopt(remote: RemoteId, options: Adoption): ImportSummary
  /** Reads, hashes and identifies one file, without taking it in. Rejects with a `VitrineError`. */
  read(path: string, signal: AbortSignal): Promise<TakenIn>
  list(): readonly ImportSummary[]
  /** This and all below throw `not_found` for an import that does not exist. */
  get(id: ImportId): ImportSummary
  failures(id: ImportId): readonly ImportFailure[]
  report(id: ImportId): ImportReport
  /** What is imported stays; what is pending is skipped. */
  cancel(id: ImportId): ImportSummary
  /** Tries the failed files again. */
  retry(id: ImportId): ImportSummary
  /** Throws `invalid_request` while the import runs. */
  dismiss(id: ImportId): void
  /** Goes on with what an earlier process had begun. */
  resumeUnfinished(): void
  /**
   * After an unclean end: removes half-made copies, and takes originals without a row into the Library, once the
   * imports that `resumeUnfinished` began have claimed theirs. Returns how many it found.
   */
  sweepUnregistered(): Promise<number>
  /** Copies a file into the library without making an asset of it. Rejects with what its import would fail with. */
  store(path: string): Promise<StoredFile>
  /** Absolute paths of originals that no asset has, and no import is about to write down. */
  unregistered(): Promise<readonly string[]>
  /** A stable file in the drop folder: taken in by the running drop import, or by a new one. */
  importDropped(file: WatchedFile): void
  /** Takes one file into the Workspace that was brought from elsewhere. Resolves with its asset, once that has a row. */
  takeIn(file: ArrivedFile): Promise<AssetId>
  /** True while a file of the drop folder waits for the one that it describes. */
  readonly holding: boolean
  /** Runs work while no import does anything with the same bytes. */
  exclusively<T>(sha256: string, work: () => Promise<T>): Promise<T>
  /** Resolves when every file is imported, a duplicate, skipped or failed, and has a row. */
  whenCopied(id: ImportId): Promise<ImportSummary>
  /** Tells what holds up all thumbnails now (a full disk), null when they are made again. */
  holdThumbnails(problem: ImportSummary['problem']): void
  /** Resolves when moreover every thumbnail is made or given up, or the import was cancelled. */
  whenSettled(id: ImportId): Promise<ImportSummary>
  /** Stops without changing what is pending: `resumeUnfinished` of the next process goes on. */
  close(): Promise<void>
}

/** What becomes of the objects of a bucket. */
export interface Adoption {
  /** A copy of each stays on this device. */
  readonly keep: boolean
  /** The folders in their keys become collections. */
  readonly organise: boolean
}

const FAILURES_SHOWN = 10_000
const RETRY_AFTER_DEFECT_MS = 5_000
const PASSING: ReadonlySet<string> = new Set(['disk_full', 'library_read_only', 'io_error'])
const CHECK_MS = 30
/** A file that was written to less than this ago may be written to again, milliseconds. */
const SETTLED_MS = 200
/** Files that stay where they are, for one that is copied: a thread has its next ones at hand, and reads one after the other. */
const LOOKED_AT_EACH = 4
/** Items that are written down in one transaction. */
const ITEMS_AT_ONCE = 1_000

/** The import pipeline of one library. */
export function createImporter(options: ImporterOptions): Importer {
  const { catalog, clock, folder } = options
  const { imports } = catalog
  const progress = createImportProgress(catalog, clock, options.onChange)
  const onDefect = options.onDefect ?? ((error: unknown) => console.error(error))
  const instance = randomUUID()
  const concurrency = options.concurrency ?? availableParallelism() * 2
  const tools: ImportTools = {
    catalog,
    clock,
    folder,
    commit: createCommitGroup(catalog, clock, folder),
    byHash: createByHash(),
    clones: new Set(),
    intake: createIntake({ program: options.intakeProgram, size: availableParallelism(), most: concurrency }),
    copying: createBoundedWork(concurrency),
    looking: createBoundedWork(concurrency * LOOKED_AT_EACH),
    scanner: createScannerChoice(options),
    foreign: options.foreign ?? noBuckets,
    jobId: (name) => catalog.jobs.ensure(name, clock.now()),
    temporaryPath: () => join(folder.incoming, `${instance}-${randomUUID()}.tmp`),
  }
  const runs = new Map<ImportId, ImportRun>()
  /** Imports whose files are all dealt with but whose thumbnails may not be. */
  const open = new Set<ImportId>()
  /** Begun by an earlier process, not yet gone on with. */
  const resumed = new Set<ImportId>()
  const waiters = new Set<() => void>()
  /** Imports whose assets are being given what their place said of them, and those that have it. */
  const organising = new Map<ImportId, Promise<void>>()
  const organised = new Set<ImportId>()
  let cancelCheck: (() => void) | null = null
  let checkCostMs = 0
  let sweeping: Promise<unknown> = Promise.resolve()
  let closed = false
  const closing = new AbortController()

  const begin = (id: ImportId): void => {
    if (closed || runs.has(id)) return
    open.add(id)
    progress.begin(id)
    const run = runImport(
      id,
      tools,
      {
        onItem: (path, failed) => {
          progress.count(id)
          progress.hold(id, null)
          drops.settled(path, failed)
          arrived.settled(path)
        },
        onProgress: progress.touch,
        onDefect,
      },
      resumed.delete(id),
    )
    runs.set(id, run)
    run.ended.then(
      () => {
        runs.delete(id)
        check()
      },
      (error: unknown) => {
        onDefect(error)
        // Its items are pending still; a disk that is full now may have room later.
        progress.hold(id, toErrorData(error))
        clock.after(RETRY_AFTER_DEFECT_MS, () => {
          runs.delete(id)
          check()
        })
      },
    )
    progress.touch()
  }
  /** Ends imports that have nothing left to do, goes on with those that have, and wakes who waits. */
  const check = (): void => {
    if (closed) return
    cancelCheck?.()
    cancelCheck = null
    const before = performance.now()
    for (const id of open) if (!runs.has(id)) tryToCheck(id)
    for (const wake of [...waiters]) wake()
    checkCostMs = performance.now() - before
    progress.touch()
  }
  /** The end of an import is written down too: on a full disk that fails, and is tried again. */
  const tryToCheck = (id: ImportId): void => {
    try {
      checkOne(id)
    } catch (error) {
      onDefect(error)
      progress.hold(id, toErrorData(error))
      cancelCheck ??= clock.after(RETRY_AFTER_DEFECT_MS, check)
    }
  }
  const checkOne = (id: ImportId): void => {
    const row = imports.get(id)
    if (row === undefined || row.finishedAt !== null) open.delete(id)
    else if (row.state === 'cancelling') endCancelled(id)
    // One that was begun before runs also with nothing pending: it may have been killed before it removed what it moved.
    else if (row.state === 'counting' || row.counts.pending > 0 || resumed.has(id)) begin(id)
    else if (row.counts.processing === 0 && drops.mayEnd(id)) end(row)
  }
  const end = (row: ImportRow): void => {
    if (!isOrganised(row.options) || organised.has(row.id)) {
      imports.setState(row.id, 'done', clock.now())
      open.delete(row.id)
    } else if (!organising.has(row.id)) {
      const work = organiseImported(catalog, row, () => clock.now())
        .then(() => {
          organised.add(row.id)
          return 0
        }, organisingFailed(row.id))
        .then((wait) => {
          clock.after(wait, () => {
            organising.delete(row.id)
            check()
          })
        })
      organising.set(row.id, work)
    }
  }
  /** A full disk may have room later; what else keeps it from being done (the other library is gone, say) does not pass. */
  const organisingFailed =
    (id: ImportId) =>
    (error: unknown): number => {
      onDefect(error)
      const passes = error instanceof VitrineError && PASSING.has(error.code)
      progress.hold(id, passes ? toErrorData(error) : null)
      if (!passes) organised.add(id)
      return passes ? RETRY_AFTER_DEFECT_MS : 0
    }
  const endCancelled = (id: ImportId): void => {
    imports.cancelPending(id)
    imports.setState(id, 'cancelled', clock.now())
    drops.cancelled(id)
    arrived.cancelled(id)
    open.delete(id)
  }
  // Thumbnails that are made end imports too; the queue is up to date a moment after the catalogue has changed.
  const stopListening = catalog.onChange(() => {
    if (open.size > 0 && !closed) cancelCheck ??= clock.after(Math.max(CHECK_MS, checkCostMs * 10), check)
  })

  const create = (
    paths: readonly string[],
    importOptions: ImportOptions,
    source: ImportSource,
    adopt?: ImportRules['adopt'],
  ): ImportId => {
    const id = importIdSchema.parse(randomUUIDv7())
    const settings = readImportSettings(catalog)
    const rules = importRulesSchema.parse({
      ...importOptions,
      onDuplicate: importOptions.onDuplicate ?? settings.onDuplicate,
      takeOver: importOptions.takeOver ?? settings.takeOver,
      ignore: [...settings.ignore, ...(importOptions.ignore ?? [])],
      adopt,
    })
    compileIgnore(rules.ignore)
    if (rules.organise !== undefined && rules.space !== 'library') {
      throw new VitrineError(
        'invalid_request',
        'Collections are of the Library: import into it to bring folders along.',
      )
    }
    imports.create({ id, source, options: rules, paths, startedAt: clock.now() })
    return id
  }
  const createRunning = (importOptions: ImportOptions, source: ImportSource): ImportId => {
    const id = create([], importOptions, source)
    imports.setState(id, 'running', null)
    return id
  }
  const goOn = (id: ImportId): void => {
    const run = runs.get(id)
    if (run === undefined) begin(id)
    else run.wake()
  }
  const rowOf = (id: ImportId): ImportRow => {
    const row = imports.get(id)
    if (row === undefined) throw new VitrineError('not_found', 'There is no such import any more.')
    return row
  }
  const when = (id: ImportId, reached: (row: ImportRow) => boolean): Promise<ImportSummary> =>
    new Promise((resolveWhen, reject) => {
      const look = (): void => {
        try {
          if (closed) throw new VitrineError('cancelled', 'The library was closed.')
          if (!reached(rowOf(id))) return
          resolveWhen(progress.summary(id))
        } catch (error) {
          reject(error)
        }
        waiters.delete(look)
      }
      waiters.add(look)
      look()
    })

  const drops = createDropIntake({
    dropFolder: options.dropFolder ?? folder.drop,
    clock,
    catalog,
    create: (importOptions) => createRunning(importOptions, 'drop-folder'),
    begin: (job) => void catalog.jobs.ensure(job, clock.now()),
    run: goOn,
  })
  const arrived = arrivedFiles({ catalog, create: createRunning, run: goOn })

  const sweep = (): Promise<number> => {
    const work = async (): Promise<number> => {
      await removeLeftovers(folder, (name) => name.startsWith(instance))
      await Promise.allSettled([...runs.values()].map(({ ended }) => ended))
      if (closed) return 0
      return sweepOriginals(tools, {
        begin: () => create([], { space: 'library', mode: 'copy' }, 'recovery'),
        end: (id) => {
          open.add(id)
          check()
        },
      })
    }
    const result = sweeping.then(work, work)
    sweeping = result
    return result
  }

  return {
    preview: (paths) => previewImport(paths, folder.root, readImportSettings(catalog).ignore),
    start(paths, importOptions, source) {
      const id = create(
        paths.map((path) => resolve(path)),
        importOptions,
        source,
      )
      begin(id)
      return progress.summary(id)
    },
    startItems(items, importOptions, source) {
      const id = create([], importOptions, source)
      for (let at = 0; at < items.length; at += ITEMS_AT_ONCE) imports.addItems(id, items.slice(at, at + ITEMS_AT_ONCE))
      imports.setState(id, 'running', null)
      begin(id)
      return id
    },
    adopt(remote, { keep, organise }) {
      const running = imports.unfinished().find((row) => row.options.adopt?.remote === remote)
      if (running !== undefined) {
        begin(running.id)
        return progress.summary(running.id)
      }
      const id = create(
        [],
        { space: 'library', mode: 'copy', ...(organise ? { organise: 'folders' as const } : {}) },
        'bucket',
        { remote, keep },
      )
      begin(id)
      return progress.summary(id)
    },
    read: (path, signal) =>
      tools.copying(() => tools.intake.take({ path, target: null, settledMs: SETTLED_MS }, signal)),
    list: progress.list,
    get: progress.summary,
    failures(id) {
      rowOf(id)
      return imports.failures(id, FAILURES_SHOWN)
    },
    report(id) {
      rowOf(id)
      return imports.report(id)
    },
    cancel(id) {
      if (rowOf(id).finishedAt !== null) return progress.summary(id)
      imports.setState(id, 'cancelling', null)
      runs.get(id)?.stop()
      open.add(id)
      check()
      return progress.summary(id)
    },
    retry(id) {
      const { source } = rowOf(id)
      drops.forget(imports.failures(id, FAILURES_SHOWN).map(({ path }) => path))
      if (source === 'recovery') void sweep().catch(onDefect)
      else if (imports.retryFailed(id) > 0) {
        imports.setState(id, 'running', null)
        open.add(id)
        runs.get(id)?.wake()
        check()
      }
      return progress.summary(id)
    },
    dismiss(id) {
      if (rowOf(id).finishedAt === null) {
        throw new VitrineError('invalid_request', 'This import is still running. Cancel it first.')
      }
      imports.dismiss(id)
      progress.touch()
    },
    resumeUnfinished() {
      for (const { id, source } of imports.unfinished()) {
        // What a recovery had not reached has still no row: the next sweep finds it again.
        if (source === 'recovery') imports.cancelPending(id)
        if (source === 'drop-folder') drops.adopt(id)
        open.add(id)
        resumed.add(id)
      }
      check()
    },
    sweepUnregistered: sweep,
    store: (path) => storeFile(path, tools, SETTLED_MS, closing.signal),
    unregistered: () => unregisteredOriginals(catalog, folder, tools.byHash),
    holdThumbnails: progress.holdThumbnails,
    get holding() {
      return drops.holding
    },
    importDropped: (file) => drops.add(file),
    takeIn: arrived.takeIn,
    exclusively: (sha256, work) => tools.byHash.run(sha256, work),
    whenCopied: (id) =>
      when(id, (row) => row.finishedAt !== null || (row.state === 'running' && row.counts.pending === 0)),
    whenSettled: (id) => when(id, (row) => row.finishedAt !== null),
    async close() {
      closed = true
      closing.abort()
      stopListening()
      cancelCheck?.()
      drops.close()
      arrived.close()
      progress.close()
      for (const run of runs.values()) run.stop()
      await Promise.allSettled([...runs.values()].map(({ ended }) => ended))
      await Promise.allSettled([sweeping, ...organising.values(), tools.commit.flushed()])
      await tools.intake.close()
      for (const wake of [...waiters]) wake()
    },
  }
}

function noBuckets(): never {
  throw new VitrineError('not_found', 'This library has no bucket.')
}
