import type { Font, Glyph } from 'fontkit'

/**
 * What one font may cost. Tables of a hostile font have counts of billions, subroutines that call each other for ever and
 * glyphs made of glyphs made of glyphs; all of that reads bytes or makes points, so both are counted.
 */
const READS = 40_000_000
const POINTS = 400_000
/** One outline: each command of a PostScript outline is read before it is kept. */
const GLYPH_READS = 500_000

/** A font asked for more than any font needs. */
class FontBudgetError extends Error {}

let reads = 0
let points = 0
const limited = new WeakSet<object>()

type Method = (this: unknown, ...values: unknown[]) => unknown

/**
 * Runs `use` with a budget of its own. fontkit swallows errors of single tables; every read after the last one that was
 * granted fails too, so that it comes to an end.
 */
export function withFontBudget<T>(use: () => T): T {
  const outer = { reads, points }
  reads = READS
  points = POINTS
  try {
    return use()
  } finally {
    reads = outer.reads
    points = outer.points
  }
}

/** Runs `use`, which makes one outline, with what one outline may cost. */
export function withGlyphBudget<T>(use: () => T): T {
  const outer = reads
  const granted = Math.min(outer, GLYPH_READS)
  reads = granted
  try {
    return use()
  } finally {
    reads = outer - (granted - Math.max(0, reads))
  }
}

/** Makes every read of fontkit's streams count; done once, as all streams share their methods. */
export function limitReads(font: Font): void {
  const prototype = prototypeWith((font as unknown as { stream: object }).stream, 'readUInt8')
  if (prototype === null || limited.has(prototype)) return
  limited.add(prototype)
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const read = Reflect.get(prototype, name) as unknown
    if (!name.startsWith('read') || typeof read !== 'function') continue
    const isText = name === 'readString'
    const limitedRead: Method = function (...values) {
      reads -= isText && typeof values[0] === 'number' ? 1 + values[0] : 1
      if (!(reads >= 0)) throw new FontBudgetError('too many reads')
      return (read as Method).apply(this, values)
    }
    Reflect.set(prototype, name, limitedRead)
  }
}

/** Makes the points of TrueType outlines count, each time they are copied into a glyph that uses them. */
export function limitPoints(glyph: Glyph): void {
  const prototype = prototypeWith(glyph, '_getContours')
  if (prototype === null || limited.has(prototype)) return
  limited.add(prototype)
  const getContours = Reflect.get(prototype, '_getContours') as Method
  const limitedContours: Method = function (...values) {
    // A call costs something too: glyphs that only contain each other have no points.
    points -= 8
    if (points < 0) throw new FontBudgetError('too many components')
    const contours = getContours.apply(this, values) as readonly { readonly length: number }[]
    for (const contour of contours) points -= contour.length
    if (points < 0) throw new FontBudgetError('too many points')
    return contours
  }
  Reflect.set(prototype, '_getContours', limitedContours)
}

function prototypeWith(object: object, method: string): object | null {
  for (let at: object | null = Object.getPrototypeOf(object); at !== null; at = Object.getPrototypeOf(at)) {
    if (Object.hasOwn(at, method)) return at
  }
  return null
}
