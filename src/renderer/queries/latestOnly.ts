/**
 * Runs a task so that it never overlaps itself: what is asked for meanwhile is done once more afterwards. After each
 * run there is a pause of twice what it took, so that a slow answer to many changes doesn't become a load; what a
 * person waits for (`urgent`) skips the pause.
 */
export class LatestOnly {
  readonly #task: () => Promise<void>
  readonly #onError: (thrown: unknown) => void
  #running = false
  #again: 'no' | 'yes' | 'urgent' = 'no'
  #pause: ReturnType<typeof setTimeout> | null = null

  constructor(task: () => Promise<void>, onError: (thrown: unknown) => void) {
    this.#task = task
    this.#onError = onError
  }

  /** Runs the task as soon as it may. */
  request(urgent = false): void {
    if (this.#running || (this.#pause !== null && !urgent)) {
      if (this.#again !== 'urgent') this.#again = urgent ? 'urgent' : 'yes'
      return
    }
    if (this.#pause !== null) clearTimeout(this.#pause)
    this.#pause = null
    this.#again = 'no'
    this.#running = true
    const startedAt = performance.now()
    void this.#task()
      .catch(this.#onError)
      .then(() => this.#rest(Math.min(2_000, (performance.now() - startedAt) * 2)))
  }

  #rest(milliseconds: number): void {
    this.#running = false
    if (this.#again === 'urgent') {
      this.request()
      return
    }
    this.#pause = setTimeout(() => {
      this.#pause = null
      if (this.#again !== 'no') this.request()
    }, milliseconds)
  }
}
