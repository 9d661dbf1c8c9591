/** What a transport needs of a film in the page. */
export type Film = Pick<HTMLMediaElement, 'currentTime' | 'duration' | 'paused' | 'playbackRate' | 'play' | 'pause'>

/** How the films are played. */
export interface Tuning {
  /** All begin again when the longest has ended. */
  readonly loop: boolean
  /** 1 is as they were recorded. */
  readonly speed: number
}

/** How far the films are. Seconds. */
export interface FilmsState {
  readonly films: number
  readonly playing: boolean
  readonly at: number
  /** Of the longest one; null until one is known. */
  readonly duration: number | null
}

/** Apart by more than this, which is about two frames, is seen (seconds). */
export const TOLERANCE = 0.08
/** A step while nobody knows how many frames a second there are. */
const FRAME = 1 / 30

/** Several films that are played as one: together, from one place, until the longest ends. A shorter one waits at its end. */
export class FilmTransport {
  readonly #films = new Set<Film>()
  #playing = false
  #tuning: Tuning = { loop: false, speed: 1 }
  #state: FilmsState = { films: 0, playing: false, at: 0, duration: null }
  readonly #listeners = new Set<() => void>()

  get state(): FilmsState {
    return this.#state
  }

  /** Returns a function that ends the subscription. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Adds a film, at the place where the others are. Returns a function that takes it out. */
  join(film: Film): () => void {
    this.#films.add(film)
    this.#place(film, this.#state.at)
    if (this.#playing) start(film)
    this.look()
    return () => {
      this.#films.delete(film)
      film.pause()
      this.look()
    }
  }

  /** Plays all of them like this from now on. */
  tune(tuning: Tuning): void {
    this.#tuning = tuning
    this.look()
  }

  toggle(): void {
    if (this.#playing) {
      this.#stop()
      return
    }
    const { at, duration } = this.#state
    if (duration !== null && at >= duration - TOLERANCE) this.seek(0)
    this.#playing = true
    for (const film of this.#films) if (!isOver(film, this.#state.at)) start(film)
    this.look()
  }

  /** Goes to a place, counted from the beginning. */
  seek(seconds: number): void {
    const { duration } = this.#state
    const at = Math.max(0, duration === null ? seconds : Math.min(seconds, duration))
    for (const film of this.#films) {
      this.#place(film, at)
      if (this.#playing && !isOver(film, at)) start(film)
    }
    this.look()
  }

  /** Pauses and goes one frame on or back. */
  step(direction: 1 | -1): void {
    this.#stop()
    this.seek(this.#state.at + direction * FRAME)
  }

  /** Looks how far the films are and brings those together that have drifted apart. To be called again and again. */
  look(): void {
    const leader = this.#leader()
    const at = leader?.currentTime ?? 0
    const duration = leader === null || !Number.isFinite(leader.duration) ? null : leader.duration
    for (const film of this.#films) {
      // One that has just been loaded is as fast as it was recorded.
      if (film.playbackRate !== this.#tuning.speed) film.playbackRate = this.#tuning.speed
      if (film === leader || !Number.isFinite(film.duration)) continue
      if (Math.abs(film.currentTime - Math.min(at, film.duration)) > TOLERANCE) this.#place(film, at)
    }
    const over = duration !== null && at >= duration
    // What has no length would begin again without end.
    if (this.#playing && over && this.#tuning.loop && duration > TOLERANCE) {
      this.seek(0)
      return
    }
    if (this.#playing && (leader === null || over)) this.#playing = false
    const next = { films: this.#films.size, playing: this.#playing, at, duration }
    const { films, playing, at: before, duration: length } = this.#state
    if (next.films === films && next.playing === playing && next.at === before && next.duration === length) return
    this.#state = next
    for (const listener of this.#listeners) listener()
  }

  #stop(): void {
    this.#playing = false
    for (const film of this.#films) film.pause()
    this.look()
  }

  /** The longest film: the only one that is played to its end whatever the others are. */
  #leader(): Film | null {
    let longest: Film | null = null
    for (const film of this.#films) if (longest === null || lengthOf(film) > lengthOf(longest)) longest = film
    return longest
  }

  #place(film: Film, at: number): void {
    film.currentTime = Number.isFinite(film.duration) ? Math.min(at, film.duration) : at
  }
}

function lengthOf({ duration }: Film): number {
  return Number.isFinite(duration) ? duration : 0
}

function isOver({ duration }: Film, at: number): boolean {
  return Number.isFinite(duration) && at >= duration
}

/** What can't be played says so by its own error event. */
function start(film: Film): void {
  if (film.paused) film.play().catch(() => film.pause())
}
