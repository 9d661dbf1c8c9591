import type { Face } from './face.ts'
import { pathData } from './pathData.ts'

/** A line of text that is set. */
export interface SetText {
  /** SVG path data of the letters. */
  readonly data: string
  /** SVG path data of the bars that stand for missing letters. */
  readonly bars: string
  /** Pixels. */
  readonly width: number
}

/** Parts of the em for a character that the face doesn't have: wide for scripts with square characters. */
const WIDE = 1
const NARROW = 0.56

/** How far a character moves on, in pixels. */
export function advanceOf(face: Face, codePoint: number, size: number): number {
  const outline = face.outline(codePoint)
  if (outline === null) return size * missingAdvance(codePoint)
  return (outline.advance * size) / face.unitsPerEm
}

/**
 * Sets text on a baseline. A character that the face doesn't have is drawn as a bar of about its size, so that text in any
 * script looks like text.
 */
export function setText(face: Face, text: string, x: number, y: number, size: number): SetText {
  const scale = size / face.unitsPerEm
  let data = ''
  let bars = ''
  let at = x
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0
    const outline = face.outline(codePoint)
    if (outline === null) {
      const advance = size * missingAdvance(codePoint)
      if (advance > 0 && !/\s/u.test(character)) bars += bar(at, y, advance, size)
      at += advance
      continue
    }
    for (const { commands } of outline.layers) data += pathData(commands, at, y, scale)
    at += outline.advance * scale
  }
  return { data, bars, width: at - x }
}

function missingAdvance(codePoint: number): number {
  // Marks, joiners and variation selectors stand on the character before them.
  if (/\p{M}|\p{Cf}/u.test(String.fromCodePoint(codePoint))) return 0
  return codePoint >= 0x1100 && !(codePoint >= 0x1e00 && codePoint <= 0x2e7f) ? WIDE : NARROW
}

function bar(x: number, y: number, advance: number, size: number): string {
  const round = (value: number) => Math.round(value * 10) / 10
  const left = round(x + advance * 0.08)
  const right = round(x + advance * 0.92)
  const top = round(y - size * 0.66)
  const bottom = round(y + size * 0.02)
  return `M${left} ${top}L${right} ${top}L${right} ${bottom}L${left} ${bottom}Z`
}
