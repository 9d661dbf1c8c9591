/** Window over which the rate is taken, and its steps, ms. */
const WINDOW_MS = 5000
const STEP_MS = 250
/** A rate over less than this says little. */
const SHORTEST_MS = 1000

/** Bytes per second over the last five seconds. Times are milliseconds that may jump. */
export interface TransferRate {
  add(bytes: number, now: number): void
  perSecond(now: number): number
}

export function transferRate(): TransferRate {
  let steps: { readonly at: number; bytes: number }[] = []
  let since = 0
  const forget = (now: number): void => {
    steps = steps.filter(({ at }) => at <= now && now - at < WINDOW_MS)
    if (steps.length === 0) since = now
  }
  return {
    add(bytes, now) {
      const last = steps.at(-1)
      if (last !== undefined && now >= last.at && now - last.at < STEP_MS) {
        last.bytes += bytes
        return
      }
      forget(now)
      steps.push({ at: now, bytes })
    },
    perSecond(now) {
      forget(now)
      const elapsed = Math.min(WINDOW_MS, Math.max(SHORTEST_MS, now - since))
      return Math.max(0, steps.reduce((total, { bytes }) => total + bytes, 0) / (elapsed / 1000))
    },
  }
}
