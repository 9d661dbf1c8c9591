import { type BigIntStats, promises as fs } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { type FSWatcher, watch } from 'chokidar'
import type { Clock, Watcher, WatcherListener, WatchHandle } from '../ports.ts'
import { openForWriting } from './openForWriting.ts'

export interface ChokidarWatcherOptions {
  readonly clock: Clock
  /** What is never reported, and folders that are never entered. The path is relative to the watched folder. */
  readonly ignore: (name: string, isDirectory: boolean, path: string) => boolean
  /** How long size and time of a file must not change, milliseconds. */
  readonly stableMs?: number
  /** How often the folder is read anew, for changes that the system did not tell, milliseconds. */
  readonly reconcileMs?: number
  /** How often the folder itself is looked for, milliseconds. */
  readonly presenceMs?: number
}

/** Shorter where the system tells whether a writer still has the file open. */
const STABLE_MS = process.platform === 'linux' || process.platform === 'win32' ? 200 : 400
const RECONCILE_MS = 30_000
const PRESENCE_MS = 1_000
/** How often files that settle are looked at; also the delay of a decision. */
const TICK_MS = 50

/** A file that was seen and is not reported yet. */
interface Settling {
  fingerprint: string
  /** When it was first seen like this. */
  since: number
}

/**
 * Watches with chokidar; what it may miss, a periodic scan finds. A file is stable when neither size, time nor identity
 * changed for a while and, where the system tells, no other program has it open for writing. A folder that disappears
 * is made again if the disk it was on is still there, and waited for otherwise.
 */
export function createChokidarWatcher(options: ChokidarWatcherOptions): Watcher {
  return {
    async start(folder, listener) {
      const watching = new FolderWatch(folder, listener, options)
      await watching.begin()
      return watching
    },
  }
}

class FolderWatch implements WatchHandle {
  readonly #folder: string
  readonly #listener: WatcherListener
  readonly #options: ChokidarWatcherOptions
  readonly #clock: Clock
  readonly #settling = new Map<string, Settling>()
  /** Fingerprints of files as they were reported. */
  readonly #reported = new Map<string, string>()
  #events: FSWatcher | null = null
  /** The folder that is listened to; another one may take its place under the same name. */
  #identity: { readonly device: bigint; readonly inode: bigint; readonly born: bigint } | null = null
  #problem: string | null = null
  #looking: Promise<void> | null = null
  #closed = false
  #scanning = 0
  #checking = false
  #cancelTick: (() => void) | null = null
  #cancelReconcile: (() => void) | null = null
  #cancelPresence: (() => void) | null = null

  constructor(folder: string, listener: WatcherListener, options: ChokidarWatcherOptions) {
    this.#folder = folder
    this.#listener = listener
    this.#options = options
    this.#clock = options.clock
  }

  get settling(): boolean {
    return this.#settling.size > 0 || this.#scanning > 0
  }

  async begin(): Promise<void> {
    await this.#lookForFolder()
    this.#schedulePresence()
    this.#scheduleReconcile()
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#cancelTick?.()
    this.#cancelReconcile?.()
    this.#cancelPresence?.()
    await this.#events?.close()
  }

  #schedulePresence(): void {
    if (this.#closed) return
    this.#cancelPresence = this.#clock.after(this.#options.presenceMs ?? PRESENCE_MS, () => {
      void this.#lookForFolder().finally(() => this.#schedulePresence())
    })
  }

  #scheduleReconcile(): void {
    if (this.#closed) return
    this.#cancelReconcile = this.#clock.after(this.#options.reconcileMs ?? RECONCILE_MS, () => {
      const scan = this.#events === null ? Promise.resolve() : this.#scan()
      void scan.finally(() => this.#scheduleReconcile())
    })
  }

  /** Notices that the folder went or came, and starts or stops listening. One look at a time. */
  #lookForFolder(): Promise<void> {
    this.#looking ??= this.#lookOnce().finally(() => {
      this.#looking = null
    })
    return this.#looking
  }

  async #lookOnce(): Promise<void> {
    const found = await this.#presence()
    if (this.#closed) return
    if (found === null) {
      await this.#stopListening()
      return
    }
    const known = this.#identity
    // Inode numbers are used again at once, so the time of birth counts too.
    const isSame = known?.device === found.dev && known.inode === found.ino && known.born === found.birthtimeNs
    if (this.#events === null || !isSame) {
      await this.#stopListening()
      this.#identity = { device: found.dev, inode: found.ino, born: found.birthtimeNs }
      this.#startListening()
      this.#report(null)
      await this.#scan()
    }
  }

  async #presence(): Promise<BigIntStats | null> {
    try {
      const found = await fs.stat(this.#folder, { bigint: true })
      if (found.isDirectory()) {
        await fs.access(this.#folder, fs.constants.R_OK | fs.constants.X_OK)
        return found
      }
      this.#report({ code: 'not_a_file', message: `The drop folder ${this.#folder} is not a folder.` })
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return this.#makeAgain()
      const message = `The drop folder ${this.#folder} can't be read (${codeOf(error)}). Vitrine tries again by itself.`
      this.#report({ code: codeOf(error) === 'EACCES' ? 'permission_denied' : 'io_error', message })
    }
    return null
  }

  /** Makes the folder again, but never on another disk: below an unmounted volume it would only be in the way. */
  async #makeAgain(): Promise<BigIntStats | null> {
    this.#report({
      code: 'not_found',
      message: `The drop folder ${this.#folder} is gone. Vitrine waits for it, and goes on by itself when it is back.`,
    })
    try {
      const parent = await fs.stat(dirname(this.#folder), { bigint: true })
      if (this.#identity !== null && parent.dev !== this.#identity.device) return null
      await fs.mkdir(this.#folder)
      return await fs.stat(this.#folder, { bigint: true })
    } catch {
      // It can't be made now; the problem is reported, and the next look tries again.
      return null
    }
  }

  #report(problem: Parameters<WatcherListener['onProblem']>[0]): void {
    const key = problem === null ? null : problem.code
    if (key === this.#problem) return
    this.#problem = key
    this.#listener.onProblem(problem)
  }

  #startListening(): void {
    const events = watch(this.#folder, {
      ignoreInitial: true,
      atomic: false,
      awaitWriteFinish: false,
      followSymlinks: false,
      ignorePermissionErrors: true,
      ignored: (path, stats) => path !== this.#folder && this.#isIgnored(path, stats?.isDirectory() ?? false),
    })
    const seen = (path: string): void => void this.#look(path)
    events.on('add', seen).on('change', seen)
    // A new folder may have got files before anybody listened to it.
    events.on('addDir', (path) => {
      if (path !== this.#folder) void this.#scan(path)
    })
    events.on('unlink', (path) => this.#forget(path))
    events.on('unlinkDir', (path) => {
      if (path === this.#folder) void this.#lookForFolder()
    })
    events.on('error', (error) => {
      const message = `Changes in the drop folder are noticed late (${codeOf(error)}): it is read every half minute.`
      this.#report({ code: 'io_error', message })
    })
    this.#events = events
  }

  async #stopListening(): Promise<void> {
    const events = this.#events
    this.#events = null
    this.#settling.clear()
    this.#reported.clear()
    await events?.close()
  }

  #isIgnored(path: string, isDirectory: boolean): boolean {
    return this.#options.ignore(basename(path), isDirectory, relative(this.#folder, path))
  }

  #forget(path: string): void {
    this.#settling.delete(path)
    this.#reported.delete(path)
  }

  /** Looks at every file below a folder, as if each had just changed. */
  async #scan(folder = this.#folder): Promise<void> {
    this.#scanning++
    try {
      const names = await fs.readdir(folder, { withFileTypes: true }).catch(() => [])
      const inside = new Set(names.map(({ name }) => join(folder, name)))
      for (const path of this.#reported.keys()) if (dirname(path) === folder && !inside.has(path)) this.#forget(path)
      for (const entry of names) {
        const path = join(folder, entry.name)
        if (this.#closed || this.#isIgnored(path, entry.isDirectory())) continue
        if (entry.isDirectory()) await this.#scan(path)
        else await this.#look(path)
      }
    } finally {
      this.#scanning--
    }
  }

  /** Takes notice of a file that is new or may have changed. */
  async #look(path: string): Promise<void> {
    const found = await fingerprint(path)
    if (this.#closed || this.#events === null) return
    if (found === null) return this.#forget(path)
    if (this.#reported.get(path) === found.fingerprint) return
    const known = this.#settling.get(path)
    if (known?.fingerprint === found.fingerprint) return
    this.#settling.set(path, { fingerprint: found.fingerprint, since: this.#clock.now() })
    this.#scheduleTick()
  }

  #scheduleTick(): void {
    if (this.#closed || this.#settling.size === 0) return
    this.#cancelTick ??= this.#clock.after(TICK_MS, () => {
      this.#cancelTick = null
      void this.#check().finally(() => this.#scheduleTick())
    })
  }

  /** Reports the files that have been as they are for long enough. */
  async #check(): Promise<void> {
    if (this.#checking) return
    this.#checking = true
    try {
      const now = this.#clock.now()
      const due: Stable[] = []
      for (const [path, state] of this.#settling) {
        // A clock that is set back would otherwise hold files back for as long.
        if (now >= state.since && now - state.since < (this.#options.stableMs ?? STABLE_MS)) continue
        const found = await fingerprint(path)
        if (found === null) this.#forget(path)
        else if (found.fingerprint === state.fingerprint) due.push({ path, ...found })
        else this.#settling.set(path, { fingerprint: found.fingerprint, since: now })
      }
      await this.#reportStable(due)
    } finally {
      this.#checking = false
    }
  }

  async #reportStable(due: readonly Stable[]): Promise<void> {
    if (due.length === 0) return
    const root = await fs.realpath(this.#folder).catch(() => this.#folder)
    const real = (path: string): string => join(root, relative(this.#folder, path))
    const busy = await openForWriting(due.map(({ path }) => real(path)))
    for (const file of due) {
      if (this.#closed || this.#settling.get(file.path)?.fingerprint !== file.fingerprint) continue
      // Looked at again at the next tick: its writer may think for longer than any pause we could wait for.
      if (busy.has(real(file.path))) continue
      this.#settling.delete(file.path)
      this.#reported.set(file.path, file.fingerprint)
      this.#listener.onStable({ path: file.path, size: file.size, mtimeMs: file.mtimeMs })
    }
  }
}

interface Stable {
  readonly path: string
  readonly fingerprint: string
  readonly size: number
  readonly mtimeMs: number
}

async function fingerprint(path: string): Promise<Omit<Stable, 'path'> | null> {
  try {
    const found = await fs.stat(path, { bigint: true })
    if (found.isDirectory()) return null
    return {
      fingerprint: `${found.ino}:${found.size}:${found.mtimeNs}`,
      size: Number(found.size),
      mtimeMs: Number(found.mtimeNs / 1_000n) / 1_000,
    }
  } catch {
    // Gone, or not to be seen: the import would say so of a file that it was given; here it is only not there.
    return null
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown error'
}
