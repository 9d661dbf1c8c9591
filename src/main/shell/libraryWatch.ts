import type { Presence } from './libraryPresence.ts'

interface LibraryWatchOptions {
  readonly presence: (path: string) => Promise<Presence>
  /** The open library is not there any more. */
  readonly onGone: () => void
  /** The library that was missing is there again. */
  readonly onBack: () => void
  readonly everyMs?: number
}

interface Watched {
  readonly path: string
  readonly id: string | null
  readonly missing: boolean
}

const EVERY_MS = 2_000
/** A library is gone when it was found so this often in a row: a folder may be replaced in two steps. */
const LOOKS_TO_BELIEVE = 2

/**
 * Looks after the library whose disk may be pulled out, and for it until it is back. Looking is cheaper than it sounds
 * (one small file every two seconds), and works where no system tells of a disk: network drives, and folders that moved.
 */
export class LibraryWatch {
  readonly #options: LibraryWatchOptions
  #watched: Watched | null = null
  #timer: NodeJS.Timeout | undefined
  #gone = 0

  constructor(options: LibraryWatchOptions) {
    this.#options = options
  }

  /** Looks after an open library. */
  guard(path: string, id: string): void {
    this.#begin({ path, id, missing: false })
  }

  /** Looks for a missing one. @param id of the library that is wanted; null takes any */
  await(path: string, id: string | null): void {
    this.#begin({ path, id, missing: true })
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#watched = null
  }

  #begin(watched: Watched): void {
    this.stop()
    this.#watched = watched
    this.#gone = 0
    this.#later(watched)
  }

  #later(watched: Watched): void {
    this.#timer = setTimeout(() => void this.#look(watched), this.#options.everyMs ?? EVERY_MS)
    this.#timer.unref()
  }

  async #look(watched: Watched): Promise<void> {
    const presence = await this.#options.presence(watched.path)
    // Meanwhile it may look for another one.
    if (this.#watched !== watched) return
    if (watched.missing) {
      if (presence.is === 'there' && (watched.id === null || presence.id === watched.id)) {
        this.stop()
        this.#options.onBack()
        return
      }
    } else {
      const elsewhere = presence.is === 'there' && presence.id !== watched.id
      this.#gone = presence.is === 'gone' || elsewhere ? this.#gone + 1 : 0
      if (this.#gone >= LOOKS_TO_BELIEVE) {
        this.stop()
        this.#options.onGone()
        return
      }
    }
    this.#later(watched)
  }
}
