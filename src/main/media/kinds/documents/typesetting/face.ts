import type { Font, Glyph, PathCommand } from 'fontkit'
import { withGlyphBudget } from '../fonts/fontkitBudget.ts'

/** A part of a glyph in one colour. */
interface OutlineLayer {
  readonly commands: readonly PathCommand[]
  /** `#rrggbb`; null is the colour of the text. */
  readonly fill: string | null
}

/** One glyph, in units of its face, y upwards. */
export interface Outline {
  readonly advance: number
  readonly layers: readonly OutlineLayer[]
}

/** Where outlines come from. */
export interface Face {
  readonly unitsPerEm: number
  /** Null if there is no glyph for this character, or none that can be drawn. */
  outline(codePoint: number): Outline | null
}

/** More commands than any glyph of a text needs; icons have some thousands. */
const COMMAND_LIMIT = 30_000
const LAYER_LIMIT = 64

/** The outlines of a font, each made once. A glyph that is damaged is no glyph. */
export function faceOf(font: Font): Face {
  const made = new Map<number, Outline | null>()
  return {
    unitsPerEm: font.unitsPerEm,
    outline(codePoint) {
      let outline = made.get(codePoint)
      if (outline === undefined) {
        outline = outlineFor(font, codePoint)
        made.set(codePoint, outline)
      }
      return outline
    },
  }
}

function outlineFor(font: Font, codePoint: number): Outline | null {
  try {
    const glyph = font.glyphForCodePoint(codePoint)
    return glyph.id === 0 ? null : outlineOf(glyph, font.unitsPerEm)
  } catch {
    // Damaged, or over the font's budget: fontkit has only prose for it.
    return null
  }
}

/**
 * The outline of a glyph; null if it is out of bounds. Shaping is left out on purpose: its tables are programs.
 * @throws what fontkit throws for a damaged glyph
 */
export function outlineOf(glyph: Glyph, unitsPerEm: number): Outline | null {
  return withGlyphBudget(() => boundedOutline(glyph, unitsPerEm))
}

function boundedOutline(glyph: Glyph, unitsPerEm: number): Outline | null {
  const layers = glyph.layers?.slice(0, LAYER_LIMIT).map(({ glyph: part, color }) => ({
    commands: part.path.commands,
    fill: `#${[color.red, color.green, color.blue].map((value) => (value & 0xff).toString(16).padStart(2, '0')).join('')}`,
  })) ?? [{ commands: glyph.path.commands, fill: null }]
  const advance = glyph.advanceWidth
  const count = layers.reduce((sum, { commands }) => sum + commands.length, 0)
  const far = unitsPerEm * 20
  const sane = (value: number) => Math.abs(value) <= far
  if (count > COMMAND_LIMIT || !sane(advance) || advance < 0) return null
  if (!layers.every(({ commands }) => commands.every(({ args }) => args.every(sane)))) return null
  return { advance, layers }
}
