import { randomUUID, randomUUIDv7 } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import { type ImportId, importIdSchema } from '../../../../shared/domain/ids.ts'
import { type ImportOptions, type ImportRules, importRulesSchema } from '../../../../shared/domain/import.ts'
import type { ImportSource } from '../../catalog/importRecords.ts'
import { readImportSettings } from '../importSettings.ts'
import { arrivedFiles } from './arrivedFiles.ts'
import { createBoundedWork } from './boundedWork.ts'
import { createByHash } from './byHash.ts'
import { createCommitGroup } from './commitGroup.ts'
import { createDropIntake } from './dropIntake.ts'
import { compileIgnore } from './ignorePatterns.ts'
import type { Importer, ImporterOptions } from './importer.ts'
import type { ImportTools } from './importItem.ts'
import { createImportProgress } from './importProgress.ts'
import { importRuns } from './importRuns.ts'
import { createIntake } from './intake.ts'
import { previewImport } from './previewImport.ts'
import { removeLeftovers, sweepOriginals, unregisteredOriginals } from './recoverImports.ts'
import { createScannerChoice } from './scannerChoice.ts'
import { storeFile } from './storeFile.ts'

const FAILURES_SHOWN = 10_000
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
  let sweeping: Promise<unknown> = Promise.resolve()
  const closing = new AbortController()
  const runs = importRuns({
    catalog,
    clock,
    tools,
    progress,
    onDefect,
    onItem(path, failed) {
      drops.settled(path, failed)
      arrived.settled(path)
    },
    onCancelled(id) {
      drops.cancelled(id)
      arrived.cancelled(id)
    },
    mayEnd: (id) => drops.mayEnd(id),
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
  const drops = createDropIntake({
    dropFolder: options.dropFolder ?? folder.drop,
    clock,
    catalog,
    create: (importOptions) => createRunning(importOptions, 'drop-folder'),
    begin: (job) => void catalog.jobs.ensure(job, clock.now()),
    run: runs.goOn,
  })
  const arrived = arrivedFiles({ catalog, create: createRunning, run: runs.goOn })

  const sweep = (): Promise<number> => {
    const work = async (): Promise<number> => {
      await removeLeftovers(folder, (name) => name.startsWith(instance))
      await runs.ended()
      if (runs.closed) return 0
      return sweepOriginals(tools, {
        begin: () => create([], { space: 'library', mode: 'copy' }, 'recovery'),
        end: runs.look,
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
      runs.begin(id)
      return progress.summary(id)
    },
    startItems(items, importOptions, source) {
      const id = create([], importOptions, source)
      for (let at = 0; at < items.length; at += ITEMS_AT_ONCE) imports.addItems(id, items.slice(at, at + ITEMS_AT_ONCE))
      imports.setState(id, 'running', null)
      runs.begin(id)
      return id
    },
    adopt(remote, { keep, organise }) {
      const running = imports.unfinished().find((row) => row.options.adopt?.remote === remote)
      if (running !== undefined) {
        runs.begin(running.id)
        return progress.summary(running.id)
      }
      const id = create(
        [],
        { space: 'library', mode: 'copy', ...(organise ? { organise: 'folders' as const } : {}) },
        'bucket',
        { remote, keep },
      )
      runs.begin(id)
      return progress.summary(id)
    },
    read: (path, signal) =>
      tools.copying(() => tools.intake.take({ path, target: null, settledMs: SETTLED_MS }, signal)),
    list: progress.list,
    get: progress.summary,
    failures(id) {
      runs.row(id)
      return imports.failures(id, FAILURES_SHOWN)
    },
    report(id) {
      runs.row(id)
      return imports.report(id)
    },
    cancel(id) {
      if (runs.row(id).finishedAt !== null) return progress.summary(id)
      imports.setState(id, 'cancelling', null)
      runs.stop(id)
      runs.look(id)
      return progress.summary(id)
    },
    retry(id) {
      const { source } = runs.row(id)
      drops.forget(imports.failures(id, FAILURES_SHOWN).map(({ path }) => path))
      if (source === 'recovery') void sweep().catch(onDefect)
      else if (imports.retryFailed(id) > 0) {
        imports.setState(id, 'running', null)
        runs.wake(id)
        runs.look(id)
      }
      return progress.summary(id)
    },
    dismiss(id) {
      if (runs.row(id).finishedAt === null) {
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
        runs.resume(id)
      }
      runs.check()
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
      runs.when(id, (row) => row.finishedAt !== null || (row.state === 'running' && row.counts.pending === 0)),
    whenSettled: (id) => runs.when(id, (row) => row.finishedAt !== null),
    async close() {
      closing.abort()
      runs.close()
      drops.close()
      arrived.close()
      progress.close()
      await runs.ended()
      await Promise.allSettled([sweeping, tools.commit.flushed()])
      await runs.closedDown()
      await tools.intake.close()
    },
  }
}

function noBuckets(): never {
  throw new VitrineError('not_found', 'This library has no bucket.')
}
