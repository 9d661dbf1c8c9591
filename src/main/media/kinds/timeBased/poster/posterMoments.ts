/** No later than this into a film, seconds: what comes after the titles looks alike everywhere. */
const LATEST = 10

/**
 * Seconds at which a film is looked into for its poster, best first: a tenth of the way in, further in for films that
 * begin in the dark, and its beginning, which can be had where there is nothing to jump to.
 */
export function posterMoments(durationSeconds: number | null): readonly number[] {
  if (durationSeconds === null) return [1, 0]
  const first = Math.min(durationSeconds / 10, LATEST)
  return [first, durationSeconds * 0.35, durationSeconds * 0.6, 0]
}
