import type { Font } from 'fontkit'
import { type Face, faceOf, type Outline } from '../typesetting/face.ts'
import { type InkBox, inkBox, pathData } from '../typesetting/pathData.ts'
import { advanceOf, setText } from '../typesetting/setText.ts'
import { textFace } from '../typesetting/shippedFaces.ts'
import { type FontNames, fontNames } from './fontFacts.ts'
import { sampleSymbols, sampleText } from './specimenText.ts'

const SIDE = 600
const MARGIN = 48
const PAPER = '#f6f4ef'
const INK = '#201f1d'
const SOFT = '#716d66'
/** The box that the large letters fill. */
const HERO = { left: MARGIN, top: 64, width: SIDE - 2 * MARGIN, height: 330 }
const GRID = 3

/**
 * A specimen of a font as an SVG document of 600 × 600: two letters of it (or nine symbols), and its name below, in the
 * font itself where it has the letters. Null if nothing of it can be drawn.
 */
export function drawSpecimen(font: Font): Buffer | null {
  const own = faceOf(font)
  const sample = sampleText(font, (codePoint) => own.outline(codePoint))
  const hero = sample === null ? symbols(sampleSymbols(font, GRID * GRID)) : letters(own, sample)
  if (hero === null) return null
  const body = `<rect width="${SIDE}" height="${SIDE}" fill="${PAPER}"/>${hero}${names(own, fontNames(font))}`
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}">${body}</svg>`)
}

interface Placed {
  readonly outline: Outline
  readonly x: number
  readonly box: InkBox
}

function letters(face: Face, text: string): string | null {
  let x = 0
  const placed: Placed[] = []
  for (const character of text) {
    const outline = face.outline(character.codePointAt(0) ?? 0)
    const box = outline === null ? null : inkBox(outline)
    if (outline === null || box === null) return null
    placed.push({ outline, x, box })
    x += outline.advance
  }
  const left = Math.min(...placed.map((glyph) => glyph.x + glyph.box.left))
  const right = Math.max(...placed.map((glyph) => glyph.x + glyph.box.right))
  const top = Math.max(...placed.map(({ box }) => box.top))
  const bottom = Math.min(...placed.map(({ box }) => box.bottom))
  const scale = Math.min(HERO.width / (right - left), HERO.height / (top - bottom))
  // At the left margin, on the lower edge of the box: names stand below.
  const originX = HERO.left - left * scale
  const baseline = HERO.top + HERO.height + bottom * scale
  return placed.map((glyph) => paths(glyph.outline, originX + glyph.x * scale, baseline, scale)).join('')
}

function symbols(outlines: readonly Outline[]): string | null {
  if (outlines.length === 0) return null
  const across = Math.min(GRID, outlines.length)
  const down = Math.ceil(outlines.length / across)
  const cell = { width: HERO.width / across, height: HERO.height / down }
  return outlines
    .map((outline, index) => {
      const box = inkBox(outline)
      if (box === null) return ''
      const scale = Math.min((cell.width * 0.7) / (box.right - box.left), (cell.height * 0.78) / (box.top - box.bottom))
      const middleX = HERO.left + ((index % across) + 0.5) * cell.width
      const middleY = HERO.top + (Math.floor(index / across) + 0.5) * cell.height
      const x = middleX - ((box.left + box.right) / 2) * scale
      return paths(outline, x, middleY + ((box.bottom + box.top) / 2) * scale, scale)
    })
    .join('')
}

function paths({ layers }: Outline, x: number, y: number, scale: number): string {
  return layers
    .map(({ commands, fill }) => `<path fill="${fill ?? INK}" d="${pathData(commands, x, y, scale)}"/>`)
    .join('')
}

function names(own: Face, { family, style }: FontNames): string {
  return [
    family === null ? '' : line(own, family, 490, 46, INK),
    style === null ? '' : line(own, style, 540, 27, SOFT),
  ].join('')
}

/** One line in the font itself, or in the window's typeface if it lacks a letter; smaller if it would be too long. */
function line(own: Face, text: string, baseline: number, size: number, fill: string): string {
  const letters = [...text].filter((character) => !/\s/u.test(character))
  const complete = letters.every((character) => own.outline(character.codePointAt(0) ?? 0) !== null)
  const inked = letters.some((character) => {
    const outline = own.outline(character.codePointAt(0) ?? 0)
    return outline !== null && inkBox(outline) !== null
  })
  const face = complete && inked ? own : textFace
  const room = SIDE - 2 * MARGIN
  const width = (characters: readonly string[], at: number) =>
    characters.reduce((sum, character) => sum + advanceOf(face, character.codePointAt(0) ?? 0, at), 0)
  const characters = [...text]
  const fitted = Math.max(size * 0.6, Math.min(size, (size * room) / Math.max(1, width(characters, size))))
  while (characters.length > 1 && width(characters, fitted) > room) characters.pop()
  return `<path fill="${fill}" d="${setText(face, characters.join(''), MARGIN, baseline, fitted).data}"/>`
}
