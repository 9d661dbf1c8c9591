import { VitrineError } from '../../../shared/contract/errors.ts'

interface Waiting {
  readonly start: () => void
  readonly giveUp: () => void
}

/** Runs work that somebody waits for: the latest first, and only so much of it. What waited longest is given up. */
export class NewestFirst {
  readonly #atOnce: number
  readonly #mostWaiting: number
  readonly #waiting: Waiting[] = []
  #running = 0

  constructor(atOnce: number, mostWaiting: number) {
    this.#atOnce = atOnce
    this.#mostWaiting = mostWaiting
  }

  /** Resolves with what the work does. Rejects with `cancelled` if so much came after it that it never began. */
  run<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        start: () => {
          this.#running++
          work()
            .then(resolve, reject)
            .finally(() => {
              this.#running--
              this.#next()
            })
        },
        giveUp: () => reject(new VitrineError('cancelled', 'Something newer was wanted more.')),
      })
      this.#next()
    })
  }

  #next(): void {
    while (this.#running < this.#atOnce) {
      const latest = this.#waiting.pop()
      if (latest === undefined) return
      latest.start()
    }
    while (this.#waiting.length > this.#mostWaiting) this.#waiting.shift()?.giveUp()
  }
}
