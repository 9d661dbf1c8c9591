import sharp, { type Sharp } from 'sharp'

/** A picture that looks different in each corner, and differs with `seed`. */
export function drawing(seed = 1, width = 320, height = 200): Sharp {
  const pixels = Buffer.alloc(width * height * 3)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3
      const [red, green, blue] = y < height / 2 ? (x < width / 2 ? RED : GREEN) : x < width / 2 ? BLUE : WHITE
      pixels[at] = red
      pixels[at + 1] = green
      pixels[at + 2] = blue
    }
  }
  // The middle says which one it is; the corners stay what they are.
  for (let bit = 0; bit < 32; bit++) {
    const at = (Math.floor(height / 2) * width + Math.floor(width / 4) + bit) * 3
    pixels.fill((seed >> bit) & 1 ? 255 : 0, at, at + 3)
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
}

const RED = [220, 30, 30] as const
const GREEN = [30, 200, 40] as const
const BLUE = [30, 40, 220] as const
const WHITE = [245, 245, 245] as const

/** A small JPEG that no other seed gives. */
export function jpeg(seed: number): Promise<Buffer> {
  return drawing(seed, 160, 120).jpeg({ quality: 90 }).toBuffer()
}

/** The colours of the four corners of a picture, roughly: which of red, green, blue, white each is nearest to. */
export async function corners(picture: string | Buffer): Promise<string> {
  const { data, info } = await sharp(picture)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const at = (x: number, y: number): string => {
    const offset = (Math.floor(y * (info.height - 1)) * info.width + Math.floor(x * (info.width - 1))) * info.channels
    return nearest([data[offset] ?? 0, data[offset + 1] ?? 0, data[offset + 2] ?? 0])
  }
  return [at(0.2, 0.2), at(0.8, 0.2), at(0.2, 0.8), at(0.8, 0.8)].join(' ')
}

/** What `corners` says of an upright `drawing`. */
export const UPRIGHT = 'red green blue white'

function nearest(color: readonly number[]): string {
  const distance = (other: readonly number[]): number =>
    Math.hypot(...other.map((value, index) => value - (color[index] ?? 0)))
  return Object.entries({ red: RED, green: GREEN, blue: BLUE, white: WHITE }).reduce((best, next) =>
    distance(next[1]) < distance(best[1]) ? next : best,
  )[0]
}
