import type { Font } from 'fontkit'
import { type Outline, outlineOf } from '../typesetting/face.ts'
import { inkBox } from '../typesetting/pathData.ts'
import { hasGlyph } from './fontFacts.ts'

/**
 * What shows a font best, in the order in which it is looked for. Fonts for one script have Latin letters too, in somebody
 * else's design, so the scripts with the larger fonts come first.
 */
const SAMPLES = [
  'あ永',
  '한글',
  '永字',
  'Aa',
  'Αα',
  'Аа',
  'أب',
  'אב',
  'अआ',
  'অআ',
  'அஆ',
  'กข',
  'აბ',
  'Աբ',
  'ሀለ',
  'AB',
  '12',
]

/** The text that shows a font, of characters that all have ink; null for a font of symbols. */
export function sampleText(font: Font, outline: (codePoint: number) => Outline | null): string | null {
  const drawable = (character: string) => {
    const found = hasGlyph(font, character) ? outline(character.codePointAt(0) ?? 0) : null
    return found !== null && inkBox(found) !== null
  }
  return SAMPLES.find((sample) => [...sample].every(drawable)) ?? null
}

/** Glyphs looked at for symbols. */
const LOOKED_AT = 120

/** Outlines of the first glyphs that have ink, for fonts that have no letters. */
export function sampleSymbols(font: Font, count: number): Outline[] {
  const found: Outline[] = []
  for (let id = 1; id < Math.min(font.numGlyphs, LOOKED_AT) && found.length < count; id++) {
    try {
      const outline = outlineOf(font.getGlyph(id), font.unitsPerEm)
      if (outline !== null && inkBox(outline) !== null) found.push(outline)
    } catch {
      // A damaged glyph: the next one will do.
    }
  }
  return found
}
