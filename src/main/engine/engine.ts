import { pathToFileURL } from 'node:url'
import { VitrineError } from '../../shared/contract/errors.ts'
import type { LibraryInfo } from '../../shared/contract/requests/libraryRequests.ts'
import type { OpeningWork } from '../../shared/contract/requests/openingWork.ts'
import type { JoinedRemote } from '../../shared/contract/requests/remoteRequests.ts'
import { createChokidarWatcher } from './adapters/chokidarWatcher.ts'
import { createClamdScanner } from './adapters/clamdScanner.ts'
import { listenToFolder } from './adapters/folderEvents.ts'
import { createMediaPool } from './adapters/mediaPool.ts'
import { nodeClock } from './adapters/nodeClock.ts'
import { openForWriting } from './adapters/openForWriting.ts'
import { openStore } from './adapters/openStore.ts'
import { createScanThread } from './adapters/scanThread.ts'
import { databaseError } from './catalog/database.ts'
import { createCatalogReader } from './catalog/reader/catalogReader.ts'
import { engineEvents } from './engineEvents.ts'
import type { LocalEngine } from './host/engineDoor.ts'
import { createDrawings } from './library/drawings.ts'
import { drawSmaller } from './library/drawSmaller.ts'
import { createDuplicateFinder } from './library/duplicates/findDuplicates.ts'
import { compileIgnore } from './library/import/ignorePatterns.ts'
import { createImporter } from './library/import/importFiles.ts'
import { skipCode } from './library/import/skipList.ts'
import { changeImportSettings, readImportSettings } from './library/importSettings.ts'
import { libraryFolder } from './library/libraryFolder.ts'
import { createLifecycle } from './library/lifecycle.ts'
import { longChangesOf } from './library/longChanges.ts'
import { createPosterMaker } from './library/makePosters.ts'
import { createLibrary, isLibrary, markCatalogDamaged, type OpenedLibrary, openLibrary } from './library/openLibrary.ts'
import { pinnedRows } from './library/pinnedRows.ts'
import { createMediaProcessor } from './library/processMedia.ts'
import { watchQuotas } from './library/storageQuotas.ts'
import { trackJobs } from './library/trackJobs.ts'
import { checkInThread } from './library/verify/checkInThread.ts'
import { createScrubber } from './library/verify/scrubber.ts'
import { createVerifier } from './library/verify/verifier.ts'
import type { VerifyTools } from './library/verify/verifyLibrary.ts'
import { fetchFromBucket, verifyRemote } from './library/verify/verifyRemote.ts'
import { createWatchedFolders } from './library/watched/watchFolders.ts'
import type { PosterFrames, WatchHandle } from './ports.ts'
import { programBeside } from './programBeside.ts'
import { requestHandlers } from './requestHandlers.ts'
import { sealJournal } from './sealJournal.ts'
import { shortenLog } from './shortenLog.ts'
import { readCareSettings } from './sync/care/careSettings.ts'
import { dumpInThread } from './sync/checkpoints/dumpInThread.ts'
import { createSync } from './sync/createSync.ts'
import { beginCopy } from './sync/joinLibrary.ts'
import type { Sync } from './sync/sync.ts'
import { workspaceArrivals } from './workspaceArrivals.ts'

export interface NewLibrary {
  readonly name: string | undefined
  /** Makes the library that this remote holds, and connects it. */
  readonly join?: JoinedRemote | undefined
}

export interface EngineOptions {
  /** The library folder's real path. The caller holds the library's lock. */
  readonly root: string
  /** Makes the library if the folder has none. */
  readonly create?: NewLibrary | undefined
  /** Treats the catalogue as damaged: it is set aside and made anew. */
  readonly rebuild?: boolean | undefined
  /** Told of what takes long while the library is opened. */
  readonly onOpening?: ((work: OpeningWork) => void) | undefined
  /** Whether files may come at any moment, so that a decoder is kept ready. */
  readonly serving: boolean
  /** The program that a media worker runs. */
  readonly mediaProgram: string
  /** Whoever has a window in which Chromium plays films; without one, posters wait for a program that has. */
  readonly posterFrames?: PosterFrames | undefined
}

/** Set after an unclean end, until originals without a row have been looked for. */
const RECOVERY_SETTING = 'recovery.due'
/** The drop folder counts as drained when nothing has happened in it for this long, ms. */
const QUIET_MS = 250
const DRAIN_LOOK_MS = 50
/** Time for the answer that tells of a damaged catalogue to get out before the engine ends. */
const DAMAGE_ANSWER_MS = 100

/**
 * Opens a library and puts everything together that works on it. It only answers requests until `startServing`;
 * thumbnails are made from the first request on that needs them.
 *
 * @throws {VitrineError} whatever keeps the library from being opened.
 */
export async function createEngine(options: EngineOptions): Promise<LocalEngine> {
  const clock = nodeClock
  if (options.create && !isLibrary(options.root)) await makeLibrary(options, options.create, clock.now())
  const library = openLibrary(options.root, () => clock.now(), options)
  const { catalog, folder, manifest } = library
  if (!library.cleanBefore) catalog.setSetting(RECOVERY_SETTING, true)

  const events = engineEvents(clock)
  const stale = Promise.withResolvers<void>()
  const pool = createMediaPool({
    nodePath: process.execPath,
    workerPath: options.mediaProgram,
    warm: options.serving,
  })
  const importer = createImporter({
    // Bundled programs lie side by side.
    intakeProgram: programBeside(
      pathToFileURL(options.mediaProgram).href,
      'intake.thread',
      '../engine/library/import/',
    ),
    catalog,
    clock,
    folder,
    openScanner: (address) => createClamdScanner({ address }),
    foreign: () => sync.adoption,
    onChange: () => events.changed('imports.changed', () => [...importer.list()]),
    onDefect,
  })
  const media = createMediaProcessor({
    catalog,
    clock,
    folder,
    decoder: pool,
    onProblem(problem) {
      // Thumbnails wait and are tried again; whoever waits for them sees why.
      importer.holdThumbnails(problem)
      if (problem) log({ level: 'warn', code: problem.code, message: problem.message })
    },
    isAway: (path) => watchedFolders.isAway(path),
    bringBack: (id) => sync.bringBack(id),
    onDefect,
  })
  let isIgnored = compileIgnore(readImportSettings(catalog).ignore)
  const watcher = createChokidarWatcher({
    clock,
    ignore: (name, isDirectory, path) => skipCode(name, isDirectory) !== null || isIgnored(path, isDirectory),
  })
  const sync = createSync({
    catalog,
    clock,
    folder,
    library: { id: manifest.id, name: manifest.name },
    openStore,
    renderer: pool,
    onStatus: () => events.changed('sync.changed', () => sync.status()),
    onRenewal: () => stale.resolve(),
    renewed: library.renewed,
    onDefect,
    drawThumbnails: (file, sha256) => drawSmaller(pool, folder, file, sha256),
    skipCode,
    arrivals: workspaceArrivals({ catalog, clock, importer, resumeImports }),
    pinnedRows: () => pinnedRows(catalog, clock.now()),
    exclusively: importer.exclusively,
    onCareChanged: careChanged,
    dump: dumpInThread(
      programBeside(pathToFileURL(options.mediaProgram).href, 'dump.thread', '../engine/sync/checkpoints/'),
    ),
  })
  if (options.create?.join) await connectTo(sync, options.create.join)
  const watchedFolders = createWatchedFolders({
    catalog,
    clock,
    folder,
    importer,
    scanner: createScanThread({
      clock,
      program: programBeside(pathToFileURL(options.mediaProgram).href, 'scan.thread', '../engine/library/watched/'),
    }),
    listen: listenToFolder,
    openForWriting,
    ignore: () => readImportSettings(catalog).ignore,
    onChange: () => events.changed('watchedFolders.changed', () => watchedFolders.list()),
    onBack() {
      if (catalog.queue.retry('media', '', clock.now()) > 0) media.kick()
    },
    onDefect,
  })
  const lifecycle = createLifecycle({
    catalog,
    clock,
    folder,
    exclusively: importer.exclusively,
    onChange() {
      events.changed('lifecycle.changed', () => lifecycle.status())
      events.changed('library.changed', info)
    },
    onDefect,
  })
  const posters =
    options.posterFrames && createPosterMaker({ catalog, clock, folder, frames: options.posterFrames, onDefect })
  const hash: VerifyTools['hash'] = async (path, signal) => (await importer.read(path, signal)).read
  const fetchBytes: VerifyTools['fetch'] = (asset, target) => fetchFromBucket(catalog, sync, asset, target)
  const now = () => clock.now()
  const scrubber = createScrubber({
    tools: { catalog, folder, now, hash, fetch: fetchBytes },
    clock,
    days: () => readCareSettings(catalog).scrubDays,
    bucket: () => (sync.hasRemote ? (sync.connection ?? 'away') : null),
    busy: () => (importer.list().some(({ finishedAt }) => finishedAt === null) ? 'Waits for an import to end.' : null),
    onChanged: careChanged,
    onDefect,
  })
  const verifier = createVerifier({
    catalog,
    folder,
    now,
    hash,
    checkDatabase: () =>
      checkInThread(
        programBeside(pathToFileURL(options.mediaProgram).href, 'check.thread', '../engine/library/verify/'),
        folder.catalog,
      ),
    orphans: () => importer.unregistered(),
    recover: () => importer.sweepUnregistered(),
    fetch: fetchBytes,
    checkRemotes: (findings, options, signal) =>
      verifyRemote({ catalog, folder, hash, ...options }, sync, findings, signal),
  })
  const reader = createCatalogReader({
    catalog,
    file: folder.catalog,
    program: programBeside(pathToFileURL(options.mediaProgram).href, 'reader.thread', '../engine/catalog/reader/'),
    threads: options.serving,
  })
  const stopSealing = sealJournal(catalog, clock, onDefect)
  const stopShortening = shortenLog(
    catalog,
    clock,
    folder.catalog,
    programBeside(pathToFileURL(options.mediaProgram).href, 'checkpoint.thread', '../engine/catalog/'),
    onDefect,
  )
  catalog.onChange(events.catalogChanged)
  const lookAtQuotas = watchQuotas(catalog, (quotas) => events.changed('storage.changed', () => quotas))
  catalog.onChange(lookAtQuotas)
  const longChanges = longChangesOf(catalog)
  longChanges.onChange(() => events.changed('longChanges.changed', () => [...longChanges.list()]))

  let jobs: ReturnType<typeof trackJobs> | null = null
  let dropFolderProblem: string | null = null
  let watching: Promise<WatchHandle> | null = null
  let mediaStarted = false
  let importsResumed = false
  let damaged = false
  const recovered = recoveredFrom(library)

  function info(): LibraryInfo {
    return {
      id: manifest.id,
      name: manifest.name,
      path: folder.root,
      dropFolder: folder.drop,
      dropFolderProblem,
      revision: catalog.revision,
      expiryDays: catalog.lifecycle.policy().expiryDays,
      recovered,
    }
  }

  function careChanged(): void {
    events.changed('care.changed', () => ({ ...sync.care.status(), scrub: scrubber.state() }))
  }

  function startMedia(): void {
    if (mediaStarted) return
    mediaStarted = true
    media.start()
  }

  function resumeImports(): void {
    startMedia()
    if (importsResumed) return
    importsResumed = true
    importer.resumeUnfinished()
    lifecycle.resume()
    if (catalog.getSetting(RECOVERY_SETTING) !== true) return
    importer.sweepUnregistered().then(() => catalog.setSetting(RECOVERY_SETTING, false), onDefect)
  }

  async function whenDrained(): Promise<void> {
    let quietSince = clock.now()
    while (clock.now() - quietSince < QUIET_MS) {
      const running = importer.list().find(({ finishedAt }) => finishedAt === null)
      if (running) await importer.whenSettled(running.id)
      else await new Promise<void>((resolve) => clock.after(DRAIN_LOOK_MS, resolve))
      if (running || importer.holding || (await watching)?.settling) quietSince = clock.now()
    }
  }

  const answer = requestHandlers({
    catalog,
    reader,
    renderer: pool,
    folder,
    importer,
    duplicates: createDuplicateFinder(catalog),
    drawings: createDrawings({ catalog, folder, decoder: pool, bringHere: sync.bringHere, onDefect }),
    verifier,
    scrubber,
    sync,
    watchedFolders,
    info,
    lifecycle,
    now: () => clock.now(),
    retryMedia: (selection) => media.retry(selection),
    preferMedia: (ids) => media.prefer(ids),
    startMedia,
    importSettings: {
      testScanner: (address) => createClamdScanner({ address }).version(),
      read: () => readImportSettings(catalog),
      change(change) {
        const settings = changeImportSettings(catalog, change)
        isIgnored = compileIgnore(settings.ignore)
        return settings
      },
    },
    whenDrained,
  })

  const request: typeof answer = async (name, input) => {
    try {
      return await answer(name, input)
    } catch (error) {
      throw noteDamage(error)
    }
  }

  /**
   * Gives an error of the database its code. Damage is remembered for the next opening, which rebuilds; an engine that
   * serves a window ends for that at once, and its supervisor starts another.
   */
  function noteDamage(error: unknown): unknown {
    const typed = databaseError(error)
    if (!damaged && typed instanceof VitrineError && typed.code === 'catalog_damaged') {
      damaged = true
      markCatalogDamaged(folder)
      if (watching) {
        clock.after(DAMAGE_ANSWER_MS, () => {
          throw typed
        })
      }
    }
    return typed
  }

  return {
    get info() {
      return info()
    },
    request,
    stale: stale.promise,
    on: events.on,
    resumeImports,
    async startServing() {
      if (watching) return
      resumeImports()
      sync.start()
      posters?.start()
      lifecycle.start()
      scrubber.start()
      watchedFolders.start()
      jobs = trackJobs({ catalog, clock, dropFolder: folder.drop, onDefect })
      watching = watcher.start(folder.drop, {
        onStable: (file) => importer.importDropped(file),
        onProblem(problem) {
          dropFolderProblem = problem?.message ?? null
          events.changed('library.changed', info)
        },
      })
      await watching
    },
    async close() {
      try {
        await (await watching)?.close()
        await jobs?.close()
        await watchedFolders.close()
        await verifier.close()
        await scrubber.close()
        await lifecycle.close()
        await importer.close()
        posters?.close()
        media.close()
        await pool.close()
        await sync.close()
        await reader.close()
        await stopShortening()
      } finally {
        stopSealing()
        events.close()
        catalog.close()
      }
    },
  }
}

/** A library of one's own, or one more copy of one that a remote holds. */
async function makeLibrary(
  { root, onOpening }: Pick<EngineOptions, 'root' | 'onOpening'>,
  { name, join }: NewLibrary,
  now: number,
): Promise<void> {
  const existing =
    join &&
    (await beginCopy(join, openStore, libraryFolder(root).journal, {
      onProgress: (done, total) => onOpening?.({ stage: 'rebuilding', done, total: 2 * total }),
      onRefused: ({ id, problem }) =>
        log({ level: 'warn', message: `The checkpoint ${id} in the bucket was not used (${problem}).` }),
    }))
  createLibrary(root, existing?.name ?? name, now, existing?.id)
}

/** Connects a new copy with the remote that it comes from, unless an earlier attempt has done so. */
async function connectTo(sync: Sync, join: JoinedRemote): Promise<void> {
  if (sync.remotes.list().some(({ role }) => role === 'library')) return
  await sync.remotes.add({ role: 'library', ...join, asItIs: true })
}

function recoveredFrom({ setAside, catalog }: OpenedLibrary): LibraryInfo['recovered'] {
  return setAside === null ? null : { setAside, assets: assetsIn(catalog) }
}

/** Outside of Trash. */
function assetsIn({ lifecycle }: OpenedLibrary['catalog']): number {
  return lifecycle.totals().reduce((sum, { space, assets }) => (space === 'trash' ? sum : sum + assets), 0)
}

/** What went wrong that is no request's. What repeats while a disk is full is said once in a while. */
function onDefect(error: unknown): void {
  if (error instanceof VitrineError) {
    const said = lastSaid.get(error.message)
    if (said !== undefined && performance.now() - said < SAY_AGAIN_MS) return
    lastSaid.set(error.message, performance.now())
    log({ level: 'warn', code: error.code, message: error.message })
  } else log({ level: 'error', error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
}

const SAY_AGAIN_MS = 60_000
const lastSaid = new Map<string, number>()

/** One line for the log that the shell keeps, or for whoever watches a command. */
function log(entry: Readonly<Record<string, string>>): void {
  process.stderr.write(`${JSON.stringify({ ...entry, at: new Date().toISOString() })}\n`)
}
