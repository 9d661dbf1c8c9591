import type { Clock } from '../ports.ts'

/** Gathers changes; also time for an undo, ms. */
const GATHER_MS = 30_000
/** Between two looks without a change: time makes copies old enough to go, ms. */
const LOOK_MS = 3_600_000

export interface TidyingOptions {
  readonly clock: Clock
  readonly isPaused: () => boolean
  /** Each is told apart from the others' failures by itself, and rejects with defects only. */
  readonly work: readonly (() => Promise<void>)[]
  readonly onDefect: (error: unknown) => void
}

/** Removes what this device has put into remotes for others to look at, some time after nobody needs it any more. */
export interface Tidying {
  start(): void
  /** Something may not be needed any more. */
  changed(): void
  close(): void
}

export function tidying({ clock, isPaused, work, onDefect }: TidyingOptions): Tidying {
  let cancelTimer: (() => void) | null = null
  let started = false
  let closed = false
  let isSoon = false

  function schedule(ms: number): void {
    cancelTimer?.()
    cancelTimer = started && !closed ? clock.after(ms, look) : null
  }

  async function tidy(): Promise<void> {
    for (const one of work) {
      if (closed || isPaused()) return
      await one()
    }
  }

  function look(): void {
    cancelTimer = null
    isSoon = false
    void tidy()
      .catch(onDefect)
      .finally(() => isSoon || schedule(LOOK_MS))
  }

  return {
    start() {
      started = true
      schedule(GATHER_MS)
    },
    changed() {
      if (isSoon || !started) return
      isSoon = true
      schedule(GATHER_MS)
    },
    close() {
      closed = true
      cancelTimer?.()
    },
  }
}
