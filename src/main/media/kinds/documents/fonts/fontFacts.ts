import type { Font } from 'fontkit'
import type { Json } from '../../kindReader.ts'
import { boundedText, present } from '../boundedText.ts'

/** Characters that stand for a script that a font may be made for. */
const SCRIPTS: readonly (readonly [script: string, sample: string])[] = [
  ['Latin', 'Aaz'],
  ['Greek', 'Αλω'],
  ['Cyrillic', 'Жяи'],
  ['Armenian', 'Աբգ'],
  ['Georgian', 'აბგ'],
  ['Hebrew', 'אבש'],
  ['Arabic', 'ابي'],
  ['Devanagari', 'अकन'],
  ['Bengali', 'অকন'],
  ['Tamil', 'அகந'],
  ['Thai', 'กขน'],
  ['Ethiopic', 'ሀለሐ'],
  ['Kana', 'あアの'],
  ['Hangul', '가나한'],
  ['Han', '一人大'],
]

/** The scripts that a font has letters of. */
export function scriptsOf(font: Font): string[] {
  return SCRIPTS.filter(([, sample]) => [...sample].every((character) => hasGlyph(font, character))).map(
    ([name]) => name,
  )
}

/** True if the font maps the character to a glyph. */
export function hasGlyph(font: Font, character: string): boolean {
  return guarded(() => font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)) === true
}

/** What a font is called, as it is shown below its specimen. */
export interface FontNames {
  readonly family: string | null
  readonly style: string | null
}

/** Typographic names where there are some, else those of the time when a family had four styles. */
export function fontNames(font: Font): FontNames {
  return {
    family: nameOf(font, 'preferredFamily') ?? nameOf(font, 'fontFamily') ?? nameOf(font, 'fullName'),
    style: nameOf(font, 'preferredSubfamily') ?? nameOf(font, 'fontSubfamily'),
  }
}

/**
 * What a font says about itself. Source: OpenType 1.9.1, tables `name`, `OS/2`, `post` and `fvar`.
 */
export function fontFacts(font: Font): Record<string, Json> {
  const { family, style } = fontNames(font)
  const axes = guarded(() => axesOf(font)) ?? []
  const os2 = guarded(() => font['OS/2'])
  const weight = os2?.usWeightClass
  return present<Json>({
    family,
    style,
    full_name: nameOf(font, 'fullName'),
    postscript_name: nameOf(font, 'postscriptName'),
    version: nameOf(font, 'version'),
    designer: nameOf(font, 'designer'),
    manufacturer: nameOf(font, 'manufacturer'),
    license: nameOf(font, 'license'),
    license_url: nameOf(font, 'licenseURL'),
    copyright: nameOf(font, 'copyright'),
    glyphs: font.numGlyphs,
    weight: weight !== undefined && weight >= 1 && weight <= 1000 ? weight : null,
    italic: os2?.fsSelection?.italic === true || null,
    axes: axes.length > 0 ? axes : null,
    scripts: scriptsOf(font),
  })
}

function nameOf(font: Font, key: string): string | null {
  const name: unknown = guarded(() => font.getName(key, 'en'))
  // fontkit gives bytes for an encoding that it doesn't know.
  return typeof name === 'string' ? boundedText(name) : null
}

function axesOf(font: Font): Json[] {
  return Object.entries(font.variationAxes)
    .slice(0, 32)
    .flatMap(([tag, axis]) => {
      if (axis === undefined) return []
      const { min, max } = axis
      const values = [min, axis.default, max]
      if (!values.every(Number.isFinite)) return []
      return [{ tag, name: boundedText(String(axis.name ?? tag), 60) ?? tag, min, default: axis.default, max }]
    })
}

/** Undefined where a table is missing or damaged, for which fontkit has only prose. */
function guarded<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
