/** What people call colours, each by the shade that stands for it. */
const named = {
  black: '#101010',
  white: '#f8f8f8',
  grey: '#808080',
  red: '#d42020',
  orange: '#f08a1c',
  yellow: '#f2d81e',
  lime: '#a0d820',
  green: '#2f9a3c',
  teal: '#169090',
  cyan: '#28c8e0',
  blue: '#2a5cd0',
  navy: '#14265c',
  purple: '#7a36b8',
  magenta: '#d030c0',
  pink: '#f090b0',
  brown: '#7a4a26',
  beige: '#e0cfa8',
} as const
export const colorNames: readonly string[] = Object.keys(named)

/** How far a colour may be that counts as near, in OKLab; about 0.02 can just be told apart. */
const NEAR = 0.1
/** A name covers more than one shade. */
const NEAR_NAME = 0.14

export interface ColorValue {
  readonly kind: 'color'
  /** Numbers of `colorCell`, ascending, whose colours are near. Empty never. */
  readonly cells: readonly number[]
}

/** Reads `#rgb`, `#rrggbb` (also without `#`) and names. */
export function readColor(text: string): ColorValue | null {
  const lower = text.toLowerCase().replace(/^gray$/, 'grey')
  const isName = Object.hasOwn(named, lower)
  const hex = isName ? named[lower as keyof typeof named] : lower
  const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/.exec(hex)?.[1]
  if (digits === undefined) return null
  const full = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits
  return { kind: 'color', cells: cellsNear(Number.parseInt(full, 16), isName ? NEAR_NAME : NEAR) }
}

/** The cell of a colour `#rrggbb`: five bits of each channel. Null for anything else. */
export function colorCell(color: string): number | null {
  if (!/^#[0-9a-f]{6}$/i.test(color)) return null
  const rgb = Number.parseInt(color.slice(1), 16)
  return ((rgb >> 19) << 10) | (((rgb >> 11) & 31) << 5) | ((rgb >> 3) & 31)
}

type Lab = readonly [number, number, number]

function cellsNear(rgb: number, distance: number): number[] {
  const [l, a, b] = toOklab((rgb >> 16) & 255, (rgb >> 8) & 255, rgb & 255)
  const own = colorCell(`#${rgb.toString(16).padStart(6, '0')}`)
  const cells: number[] = []
  for (let cell = 0; cell < 32_768; cell++) {
    const [cl, ca, cb] = labOfCell(cell)
    if (cell === own || Math.hypot(l - cl, a - ca, b - cb) <= distance) cells.push(cell)
  }
  return cells
}

let labs: Float64Array | undefined

/** OKLab of a cell's middle. */
function labOfCell(cell: number): Lab {
  if (labs === undefined) {
    labs = new Float64Array(32_768 * 3)
    for (let index = 0; index < 32_768; index++) {
      const middle = (bits: number): number => ((bits & 31) << 3) + 3.5
      labs.set(toOklab(middle(index >> 10), middle(index >> 5), middle(index)), index * 3)
    }
  }
  return [labs[cell * 3] ?? 0, labs[cell * 3 + 1] ?? 0, labs[cell * 3 + 2] ?? 0]
}

/**
 * OKLab of sRGB channels from 0 to 255, its lightness with the toe that makes dark colours as near to each other as they
 * look. Source: Björn Ottosson, “A perceptual color space for image processing” and “Okhsv and Okhsl”.
 */
export function toOklab(red: number, green: number, blue: number): Lab {
  const r = linear(red)
  const g = linear(green)
  const b = linear(blue)
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    toe(0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s),
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

function toe(lightness: number): number {
  const k1 = 0.206
  const k2 = 0.03
  const k3 = (1 + k1) / (1 + k2)
  const shifted = k3 * lightness - k1
  return 0.5 * (shifted + Math.sqrt(shifted * shifted + 4 * k2 * k3 * lightness))
}

function linear(channel: number): number {
  const value = channel / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}
