/** Window over which the rate is taken, ms. */
const WINDOW_MS = 5000

/** Bytes per second over the last five seconds. */
export interface UploadRate {
  add(bytes: number, now: number): void
  perSecond(now: number): number
}

export function uploadRate(): UploadRate {
  let samples: { readonly at: number; readonly bytes: number }[] = []
  const recent = (now: number) => samples.filter(({ at }) => now - at < WINDOW_MS && at <= now)
  return {
    add(bytes, now) {
      samples = [...recent(now), { at: now, bytes }]
    },
    perSecond(now) {
      samples = recent(now)
      return samples.reduce((total, { bytes }) => total + bytes, 0) / (WINDOW_MS / 1000)
    },
  }
}
