interface EngineSilenceOptions {
  readonly everyMs?: number | undefined
  /** Whether the engine owes somebody an answer. */
  readonly waiting: () => boolean
  /** Asks the engine for a sign of life. */
  readonly ping: () => void
  /** Since when it has been silent; null as soon as it is heard again. */
  readonly onSilent: (since: Date | null) => void
}

const EVERY_MS = 5_000
/** This many looks in a row without a sign of life, a minute in all, are worth telling a person. */
const LOOKS_TO_TELL = 12

/**
 * Notices an engine that lives but does not answer. While requests wait it is asked for a sign of life every few seconds;
 * looks are counted instead of time, so that a computer that slept does not make an engine seem silent.
 */
export class EngineSilence {
  readonly #options: EngineSilenceOptions
  #timer: NodeJS.Timeout | undefined
  #looks = 0
  #since: Date | null = null
  #told = false

  constructor(options: EngineSilenceOptions) {
    this.#options = options
  }

  start(): void {
    this.stop()
    this.#timer = setInterval(() => this.#look(), this.#options.everyMs ?? EVERY_MS)
    this.#timer.unref()
  }

  stop(): void {
    clearInterval(this.#timer)
    this.heard()
  }

  /** The engine said something, whatever it was. */
  heard(): void {
    this.#looks = 0
    this.#since = null
    if (!this.#told) return
    this.#told = false
    this.#options.onSilent(null)
  }

  #look(): void {
    if (!this.#options.waiting()) {
      // What is not asked may be silent.
      if (!this.#told) this.heard()
      return
    }
    this.#since ??= new Date()
    this.#looks += 1
    if (this.#looks > LOOKS_TO_TELL && !this.#told) {
      this.#told = true
      this.#options.onSilent(this.#since)
    }
    this.#options.ping()
  }
}
