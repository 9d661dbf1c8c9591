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

/** Least standard deviation of brightness of a picture with something to be seen in it. */
const LEAST_CONTRAST = 4
/** Mean brightness under which a picture is a black one with a little noise. */
const DARK = 12

/**
 * Whether a picture shows nothing: black before the first scene, a fade, one plain colour.
 * @param brightness of each pixel, 0 to 255
 */
export function isBlank(brightness: Uint8Array | Uint8ClampedArray): boolean {
  if (brightness.length === 0) return true
  let sum = 0
  let squares = 0
  for (const value of brightness) {
    sum += value
    squares += value * value
  }
  const mean = sum / brightness.length
  const deviation = Math.sqrt(Math.max(0, squares / brightness.length - mean * mean))
  return deviation < LEAST_CONTRAST || (mean < DARK && deviation < 3 * LEAST_CONTRAST)
}
