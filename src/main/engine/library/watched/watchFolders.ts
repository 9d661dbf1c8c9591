import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { Space } from '../../../../shared/domain/asset.ts'
import type { WatchedFolder, WatchedRemoval, WatchedReport } from '../../../../shared/domain/watchedFolder.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { WatchedFolderRow } from '../../catalog/watchedFolders.repository.ts'
import type { Clock, FolderEvents, FolderEventsListener, FolderScanEnd, FolderScanner } from '../../ports.ts'
import type { Importer } from '../import/importer.ts'
import type { LibraryFolder } from '../libraryFolder.ts'
import { trashAssets } from '../trashAssets.ts'
import { checkNewFolder } from './checkNewFolder.ts'
import { describeFolder } from './describeFolder.ts'
import type { FolderLook, ScanScope } from './findChanges.ts'
import { knownDirectories } from './knownDirectories.ts'
import { type Reconciled, reconcile } from './reconcile.ts'
import { createReconcileLoop } from './reconcileLoop.ts'
import { sumReports } from './sumReports.ts'
import { unsettledFiles } from './unsettledFiles.ts'

export interface WatchedFoldersOptions {
  readonly catalog: Catalog
  readonly clock: Clock
  readonly folder: LibraryFolder
  readonly importer: Importer
  readonly scanner: FolderScanner
  readonly listen: (root: string, listener: FolderEventsListener) => FolderEvents
  readonly openForWriting: (paths: readonly string[]) => Promise<ReadonlySet<string>>
  /** Patterns of what is left out. */
  readonly ignore: () => readonly string[]
  readonly onChange: () => void
  /** A disk that was away, or may have been, is there. */
  readonly onBack: () => void
  readonly onDefect: (error: unknown) => void
  /** How often everything is looked at for events that were lost, ms. */
  readonly periodMs?: number
  /** How often the folders themselves are looked for, ms. */
  readonly presenceMs?: number
}

/** Folders of a person's own whose files are assets in place. Nothing in them is ever written, moved or deleted. */
export interface WatchedFolders {
  list(): WatchedFolder[]
  /** Begins to watch a folder, and returns before it is scanned. Throws like `checkNewFolder`. */
  add(path: string, space: Space): WatchedFolder
  /** Throws `not_found`, here and below. */
  remove(id: number, assets: WatchedRemoval): void
  /** Resolves when all that is there is in the catalogue; thumbnails come later. */
  rescan(id: number): Promise<WatchedReport>
  /** Scans every folder, and goes on following them. */
  start(): void
  /** Whether a file that is not there is in a watched folder whose disk is not there. */
  isAway(path: string): Promise<boolean>
  close(): Promise<void>
}

const PERIOD_MS = 10 * 60_000
/** Of all time at most one part in so many goes into looking for events that were lost. */
const PERIOD_COSTS = 50
const PRESENCE_MS = 5_000
/** How soon a file is looked at again that somebody was writing to, ms. */
const UNSETTLED_MS = 700

const MOST_RESCANS = 4

interface FolderState {
  readonly directories: ReturnType<typeof knownDirectories>
  events: FolderEvents | null
  seen: number | null
  root: FolderScanEnd | null
  /** Files that were taken in since this process began. */
  readonly taken: { added: number }
}

export function createWatchedFolders(options: WatchedFoldersOptions): WatchedFolders {
  const { catalog, clock, importer, scanner, onChange, onDefect } = options
  const { watched } = catalog
  const states = new Map<number, FolderState>()
  const importing = new Set<string>()
  /** What is being taken in. */
  const releases = new Set<Promise<unknown>>()
  /** Directories that were looked at while files of them were being taken in. */
  const held: { readonly folderId: number; readonly directory: string }[] = []
  const abort = new AbortController()
  let counts = watched.counts()
  let serving = false
  let resumed: Promise<unknown> = Promise.resolve()
  const timers = new Map<string, () => void>()

  const stateOf = (folderId: number): FolderState => {
    const known = states.get(folderId)
    if (known !== undefined) return known
    const fresh: FolderState = {
      directories: knownDirectories(),
      events: null,
      seen: null,
      root: null,
      taken: { added: 0 },
    }
    states.set(folderId, fresh)
    return fresh
  }

  /** Whatever happened to files while they were taken in is looked for when they are. */
  const lookAtHeld = (): void => {
    if (importing.size === 0) for (const { folderId, directory } of held.splice(0)) loop.look(folderId, directory)
  }
  const pass = async (scopes: readonly ScanScope[]): Promise<Reconciled> => {
    // What an earlier process had begun to take in is not begun again.
    await resumed
    const done = await reconcile(scopes, {
      catalog,
      importer,
      scanner,
      exclude: () => [options.folder.root, options.folder.drop],
      ignore: options.ignore,
      now: () => clock.now(),
      read: (path) => importer.read(path, abort.signal),
      goesOn: () => !abort.signal.aborted,
      isKnownDirectory: (folderId, directory) => stateOf(folderId).directories.has(directory),
      isBeingImported: (path) => importing.has(path),
      unsettled: (files) => unsettledFiles(files, clock.now(), options.openForWriting),
      onProgress(folderId, seen) {
        stateOf(folderId).seen = seen
        onChange()
      },
      onDefect,
    })
    for (const look of done.looks) follow(look)
    if (done.changed) counts = watched.counts()
    for (const { folderId, directory } of done.again) loop.look(folderId, directory, UNSETTLED_MS)
    const release = done.imports.map(async ({ folderId, paths, taken }) => {
      for (const path of paths) importing.add(path)
      try {
        stateOf(folderId).taken.added += (await taken).added
      } finally {
        for (const path of paths) importing.delete(path)
      }
    })
    const released = Promise.allSettled(release)
    releases.add(released)
    void released.then(() => {
      releases.delete(released)
      if (release.length === 0) return
      if (abort.signal.aborted) return
      lookAtHeld()
      counts = watched.counts()
      onChange()
    })
    held.push(...done.held)
    lookAtHeld()
    return done
  }

  const loop = createReconcileLoop({
    clock,
    folder: (folderId) => watched.get(folderId),
    pass,
    onPass(folderIds, begins) {
      for (const folderId of folderIds) {
        if (states.has(folderId) || begins) stateOf(folderId).seen = begins ? 0 : null
      }
      if (!abort.signal.aborted) onChange()
    },
    onDefect(error) {
      if (!(error instanceof VitrineError && error.code === 'cancelled')) onDefect(error)
    },
  })

  /** Keeps track of the directories, and listens to those that are new. */
  const follow = ({ scope, end, differences }: FolderLook): void => {
    const { folderId, path } = scope.folder
    // Removed meanwhile.
    if (watched.get(folderId) === undefined) return
    const state = stateOf(folderId)
    const wasAway = state.root === null || state.root.problem !== null || scope.folder.problem !== null
    state.root = end
    if (end.problem !== null) {
      state.events?.close()
      state.events = null
      return
    }
    if (wasAway) options.onBack()
    const isWhole = scope.directories.some((asked) => asked.path === '' && asked.deep)
    state.directories.update(differences.folders, isWhole)
    if (!serving) return
    state.events ??= options.listen(path, {
      onChanged: (directory) => loop.look(folderId, directory),
      onDeaf: () =>
        onDefect(
          new VitrineError('io_error', `Changes in ${path} are noticed late: the system tells of no more folders.`),
        ),
    })
    // What came into a directory before anybody listened to it.
    for (const directory of state.events.listenTo(state.directories.all)) {
      if (directory !== '' || isWhole) loop.look(folderId, directory)
    }
  }

  const scan = (folderId: number): Promise<WatchedReport> => loop.scan(folderId)
  /** What is being written to may be finished in a moment; what is not then is left to later looks. */
  const scanUntilSettled = async (folderId: number): Promise<WatchedReport> => {
    const { taken } = stateOf(folderId)
    const before = { ...taken }
    let all = await scan(folderId)
    for (let more = 0; more < MOST_RESCANS && all.unsettled > 0; more++) {
      await new Promise<void>((resolve) => clock.after(UNSETTLED_MS, resolve))
      if (abort.signal.aborted || watched.get(folderId) === undefined) return all
      all = sumReports(all, await scan(folderId))
    }
    // Looks that came in between have their part in it.
    await Promise.allSettled(releases)
    return { ...all, added: taken.added - before.added }
  }
  const scanSoon = (folderId: number): void =>
    void scan(folderId).catch(() => {
      // Told to the log by the loop.
    })
  const every = (name: string, ms: () => number, work: () => void): void => {
    const again = (): void => {
      if (abort.signal.aborted) return
      timers.set(
        name,
        clock.after(ms(), () => {
          work()
          again()
        }),
      )
    }
    again()
  }
  const presenceOf = (folder: WatchedFolderRow): Promise<FolderScanEnd> =>
    scanner.scan({ root: folder.path, directories: [], exclude: [], ignore: [] }, () => {})
  const lookForRoots = async (): Promise<void> => {
    for (const folder of watched.list()) {
      const state = stateOf(folder.folderId)
      if (state.seen !== null || state.root === null) continue
      const now = await presenceOf(folder).catch((): FolderScanEnd => ({ problem: 'unreadable' }))
      if (abort.signal.aborted) return
      if (JSON.stringify(rootOf(now)) !== JSON.stringify(rootOf(state.root))) scanSoon(folder.folderId)
    }
  }

  const toFolder = (row: WatchedFolderRow): WatchedFolder =>
    describeFolder(row, counts.get(row.folderId), states.get(row.folderId)?.seen ?? null)
  const rowOf = (id: number): WatchedFolderRow => {
    const row = watched.get(id)
    if (row === undefined) throw new VitrineError('not_found', 'That folder is not watched any more.')
    return row
  }

  return {
    list: () => watched.list().map(toFolder),
    add(path, space) {
      const others = watched.list().map((folder) => folder.path)
      const real = checkNewFolder(path, others, options.folder)
      const folderId = watched.add({ path: real, space, addedAt: clock.now() })
      if (serving) scanSoon(folderId)
      onChange()
      return toFolder(rowOf(folderId))
    },
    remove(id, assets) {
      rowOf(id)
      const state = states.get(id)
      states.delete(id)
      state?.events?.close()
      const ids = assets === 'trash' ? watched.originalsIn(id) : []
      watched.remove(id)
      if (ids.length > 0) trashAssets(catalog, { ids: [...ids] }, clock.now())
      counts = watched.counts()
      onChange()
    },
    rescan(id) {
      rowOf(id)
      watched.forgetRefused(id)
      return scanUntilSettled(id)
    },
    start() {
      if (serving) return
      serving = true
      const unfinished = importer.list().filter((one) => one.source === 'watched-folder' && one.finishedAt === null)
      resumed = Promise.allSettled(unfinished.map(({ id }) => importer.whenCopied(id)))
      for (const { folderId } of watched.list()) scanSoon(folderId)
      const period = (): number => Math.max(options.periodMs ?? PERIOD_MS, loop.lastScanMs * PERIOD_COSTS)
      every('period', period, () => {
        for (const { folderId } of watched.list()) scanSoon(folderId)
      })
      every(
        'presence',
        () => options.presenceMs ?? PRESENCE_MS,
        () => void lookForRoots().catch(onDefect),
      )
    },
    async isAway(path) {
      const folder = watched.list().find((one) => path.startsWith(one.path))
      if (folder === undefined) return false
      if (folder.problem !== null) return true
      const now = await presenceOf(folder).catch((): FolderScanEnd => ({ problem: 'unreadable' }))
      const before = states.get(folder.folderId)?.root ?? null
      return now.problem !== null || (before?.problem === null && before.device !== now.device)
    },
    async close() {
      abort.abort()
      for (const cancel of timers.values()) cancel()
      for (const { events } of states.values()) events?.close()
      await scanner.close()
      await loop.close()
    },
  }
}

function rootOf(end: FolderScanEnd): readonly unknown[] {
  return end.problem === null ? [end.device, end.inode] : [end.problem]
}
