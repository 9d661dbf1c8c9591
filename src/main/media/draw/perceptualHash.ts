/** Side of the grey picture that the transform sees. */
const SIDE = 32
/** Side of the block of lowest frequencies that becomes the hash. */
const BLOCK = 8
/** Smallest standard deviation of brightness, of 255: what is flatter than that has no structure that could be compared. */
const MIN_DEVIATION = 2.5

/**
 * The 64-bit perceptual hash of a picture as 16 hexadecimal digits, null for one that is too flat to have one. Alike
 * pictures (another size, format, brightness, slight crop) differ in few bits. The lowest 8 × 8 frequencies of a discrete
 * cosine transform of the picture as 32 × 32 grey pixels, each above or below their median; the constant part is left out
 * of the median (the "pHash" of Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions", 2010).
 * @param rgba four bytes a pixel, at least 1 × 1; transparent parts count as white
 */
export function perceptualHash(rgba: Uint8Array, width: number, height: number): string | null {
  const grey = toGrey(rgba, width, height)
  if (deviation(grey) < MIN_DEVIATION) return null
  const block = lowFrequencies(grey)
  const median = [...block.subarray(1)].sort((a, b) => a - b)[Math.floor((block.length - 1) / 2)] ?? 0
  let hash = 0n
  for (const value of block) hash = (hash << 1n) | (value > median ? 1n : 0n)
  return hash.toString(16).padStart(16, '0')
}

/** Brightness (Rec. 601) of the picture stretched to 32 × 32, each pixel the mean of the area it covers. */
function toGrey(rgba: Uint8Array, width: number, height: number): Float64Array {
  const grey = new Float64Array(SIDE * SIDE)
  for (let row = 0; row < SIDE; row++) {
    const top = Math.floor((row * height) / SIDE)
    const bottom = Math.max(top + 1, Math.floor(((row + 1) * height) / SIDE))
    for (let column = 0; column < SIDE; column++) {
      const left = Math.floor((column * width) / SIDE)
      const right = Math.max(left + 1, Math.floor(((column + 1) * width) / SIDE))
      let sum = 0
      for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += brightness(rgba, (y * width + x) * 4)
      grey[row * SIDE + column] = sum / ((bottom - top) * (right - left))
    }
  }
  return grey
}

function brightness(rgba: Uint8Array, at: number): number {
  const opacity = (rgba[at + 3] ?? 0) / 255
  const value = 0.299 * (rgba[at] ?? 0) + 0.587 * (rgba[at + 1] ?? 0) + 0.114 * (rgba[at + 2] ?? 0)
  return value * opacity + 255 * (1 - opacity)
}

function deviation(values: Float64Array): number {
  let sum = 0
  let squares = 0
  for (const value of values) {
    sum += value
    squares += value * value
  }
  const mean = sum / values.length
  return Math.sqrt(Math.max(0, squares / values.length - mean * mean))
}

/** `cosines[frequency * SIDE + position]` of the type-II transform. */
const cosines = Float64Array.from({ length: BLOCK * SIDE }, (_, index) =>
  Math.cos((Math.floor(index / SIDE) * (2 * (index % SIDE) + 1) * Math.PI) / (2 * SIDE)),
)

/** The block of lowest frequencies, row by row; first along rows, then along columns. */
function lowFrequencies(grey: Float64Array): Float64Array {
  const alongRows = new Float64Array(SIDE * BLOCK)
  for (let row = 0; row < SIDE; row++) {
    for (let u = 0; u < BLOCK; u++) {
      let sum = 0
      for (let x = 0; x < SIDE; x++) sum += (grey[row * SIDE + x] ?? 0) * (cosines[u * SIDE + x] ?? 0)
      alongRows[row * BLOCK + u] = sum
    }
  }
  const block = new Float64Array(BLOCK * BLOCK)
  for (let v = 0; v < BLOCK; v++) {
    for (let u = 0; u < BLOCK; u++) {
      let sum = 0
      for (let y = 0; y < SIDE; y++) sum += (alongRows[y * BLOCK + u] ?? 0) * (cosines[v * SIDE + y] ?? 0)
      block[v * BLOCK + u] = sum
    }
  }
  return block
}
