const MAX_COLORS = 5
/** Steps of a channel that fall into one bin. */
const BIN = 16
/** Smallest distance between two colours of a palette, in RGB steps: below it they look like one. */
const MIN_DISTANCE = 48
/** A colour that covers less than this share of the picture is not dominant. */
const MIN_SHARE = 0.01

interface Bin {
  count: number
  red: number
  green: number
  blue: number
}

/**
 * Up to five colours of a picture as `#rrggbb`, most common first. Mostly transparent pixels don't count.
 * @param rgba four bytes a pixel
 */
export function dominantColors(rgba: Uint8Array): string[] {
  const bins = new Map<number, Bin>()
  let counted = 0
  for (let at = 0; at + 3 < rgba.length; at += 4) {
    const red = rgba[at] ?? 0
    const green = rgba[at + 1] ?? 0
    const blue = rgba[at + 2] ?? 0
    if ((rgba[at + 3] ?? 0) < 128) continue
    counted++
    const key = (Math.floor(red / BIN) << 8) | (Math.floor(green / BIN) << 4) | Math.floor(blue / BIN)
    const bin = bins.get(key)
    if (bin === undefined) bins.set(key, { count: 1, red, green, blue })
    else {
      bin.count++
      bin.red += red
      bin.green += green
      bin.blue += blue
    }
  }
  const chosen: Bin[] = []
  for (const bin of [...bins.values()].sort((a, b) => b.count - a.count)) {
    if (bin.count < counted * MIN_SHARE && chosen.length > 0) break
    const near = chosen.find((other) => distance(mean(bin), mean(other)) < MIN_DISTANCE)
    // A shade of a chosen colour adds to its weight, so that a gradient ranks by all that it covers.
    if (near !== undefined) merge(near, bin)
    else if (chosen.length < MAX_COLORS) chosen.push({ ...bin })
  }
  return chosen.sort((a, b) => b.count - a.count).map((bin) => toHex(mean(bin)))
}

type Color = readonly [number, number, number]

function mean(bin: Bin): Color {
  return [bin.red / bin.count, bin.green / bin.count, bin.blue / bin.count]
}

function distance(a: Color, b: Color): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}

function merge(into: Bin, bin: Bin): void {
  into.count += bin.count
  into.red += bin.red
  into.green += bin.green
  into.blue += bin.blue
}

function toHex(color: Color): string {
  return `#${color.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`
}
