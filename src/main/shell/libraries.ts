import { VitrineError } from '../../shared/contract/errors.ts'
import type { LibraryInfo } from '../../shared/contract/requests/libraryRequests.ts'
import type { JoinedRemote } from '../../shared/contract/requests/remoteRequests.ts'
import type { EngineState, RecentLibrary } from '../../shared/contract/requests/shellRequests.ts'
import type { EngineSupervisor } from './engineSupervisor.ts'
import { libraryPresence } from './libraryPresence.ts'
import { LibraryWatch } from './libraryWatch.ts'
import type { Log } from './log.ts'
import { MOST_RECENT, type SettingsStore } from './settings.ts'

interface LibrariesOptions {
  readonly supervisor: EngineSupervisor
  readonly settings: SettingsStore
  readonly log: Log
  readonly now?: () => Date
  /** Between two looks after the library, milliseconds. */
  readonly lookEveryMs?: number
}

/** The libraries of a person on this computer: which is open, which were, and what becomes of one that goes away. */
export class Libraries {
  readonly #options: LibrariesOptions
  readonly #watch: LibraryWatch

  constructor(options: LibrariesOptions) {
    this.#options = options
    const { supervisor, log, lookEveryMs } = options
    this.#watch = new LibraryWatch({
      presence: libraryPresence,
      onGone: () => supervisor.lose(),
      onBack: () => {
        supervisor.retry().catch((error: unknown) => log.warn('libraries', 'The library is back and not open', error))
      },
      ...(lookEveryMs === undefined ? {} : { everyMs: lookEveryMs }),
    })
  }

  /**
   * Opens another library. What can be seen to fail beforehand is refused while the open one stays; when it fails later,
   * the one that was open is opened again.
   *
   * @param join makes a copy of the library that is there
   * @throws {VitrineError} what the engine says, `library_not_found` or `library_exists`
   */
  async open(path: string, create: boolean, join?: JoinedRemote): Promise<void> {
    const { supervisor, log } = this.#options
    const { state } = supervisor
    const before = state.state === 'ready' ? state.library.path : null
    if (before !== null || join !== undefined) {
      const presence = await libraryPresence(path)
      if (!create && presence.is === 'gone') {
        throw new VitrineError('library_not_found', `There is no library in ${path}. Its disk may not be connected.`)
      }
      if (create && presence.is === 'there') {
        throw new VitrineError('library_exists', `There is a library in ${path} already. Open it instead.`)
      }
    }
    try {
      await supervisor.open(path, create, join)
    } catch (error) {
      const another = error instanceof VitrineError && error.code === 'cancelled'
      if (before !== null && before !== path && !another) {
        supervisor.open(before, false).catch((again: unknown) => log.warn('libraries', `${before} is not open`, again))
      }
      throw error
    }
  }

  /** Acts on what has become of the library. */
  follow(state: EngineState): void {
    switch (state.state) {
      case 'ready':
        this.#remember(state.library)
        this.#watch.guard(state.library.path, state.library.id)
        return
      case 'missing':
        this.#watch.await(state.path, this.#recentAt(state.path)?.id ?? null)
        return
      case 'starting':
      case 'restarting':
      case 'no-library':
      case 'failed':
        this.#watch.stop()
    }
  }

  /** What was open lately, the last first, and whether it is where it was. */
  recent(): Promise<(RecentLibrary & { readonly there: boolean })[]> {
    const { recent } = this.#options.settings.current
    return Promise.all(
      recent.map(async (library) => ({ ...library, there: (await libraryPresence(library.path)).is === 'there' })),
    )
  }

  /** The name of the library that was once open at this path. */
  nameAt(path: string): string | undefined {
    return this.#recentAt(path)?.name
  }

  /** Resolves when that is on disk. */
  async forget(path: string): Promise<void> {
    const { settings } = this.#options
    await settings.update({ recent: settings.current.recent.filter((other) => other.path !== path) })
  }

  close(): void {
    this.#watch.stop()
  }

  #recentAt(path: string): RecentLibrary | undefined {
    return this.#options.settings.current.recent.find((library) => library.path === path)
  }

  #remember({ id, path, name }: LibraryInfo): void {
    const { settings, log, now = () => new Date() } = this.#options
    const opened: RecentLibrary = { id, path, name, openedAt: now().toISOString() }
    // A library that was moved is one line, where it is now.
    const others = settings.current.recent.filter((other) => other.path !== path && other.id !== id)
    settings
      .update({ library: path, recent: [opened, ...others].slice(0, MOST_RECENT) })
      .catch((error: unknown) => log.warn('libraries', 'The last library is not remembered', error))
  }
}
