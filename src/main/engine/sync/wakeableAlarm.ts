import type { Clock } from '../ports.ts'

/** A sleep that can be cut short, also by a call that comes before it begins. */
export interface WakeableAlarm {
  /** Forgets calls until now. */
  arm(): void
  ring(): void
  /** Whether it was rung since it was armed. */
  readonly rung: boolean
  /** Sleeps until a time (ms since the epoch; null for ever) or until it is rung, not at all if it was. */
  sleepUntil(time: number | null): Promise<void>
}

export function wakeableAlarm(clock: Clock): WakeableAlarm {
  let rung = false
  let wake: (() => void) | null = null
  return {
    arm() {
      rung = false
    },
    ring() {
      rung = true
      wake?.()
    },
    get rung() {
      return rung
    },
    async sleepUntil(time) {
      if (rung) return
      await new Promise<void>((resolve) => {
        const cancel = time === null ? null : clock.after(Math.max(0, time - clock.now()), resolve)
        wake = () => {
          cancel?.()
          resolve()
        }
      })
      wake = null
    },
  }
}
