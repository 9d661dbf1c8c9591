import { readFile } from 'node:fs/promises'
import { type KindFacts, type MediaSource, noFacts } from '../../kindReader.ts'
import { damaged, tooLarge, withoutPreview } from '../documentFacts.ts'
import { drawSpecimen } from './drawSpecimen.ts'
import { fontFacts } from './fontFacts.ts'
import { withFontBudget } from './fontkitBudget.ts'
import { openFont } from './openFont.ts'

const FILE_LIMIT = 256 * 1024 ** 2

/**
 * Reads a font, or the first one of a collection: a specimen drawn with its own glyphs, its names, axes and scripts. A
 * specimen has no size in pixels; its colours say nothing about the font.
 */
export async function readFont(source: MediaSource): Promise<KindFacts> {
  if (source.size > FILE_LIMIT)
    return tooLarge({ format: 'font' }, 'This font is too large for Vitrine to draw a specimen.')
  const bytes = await readFile(source.path)
  return withFontBudget(() => describe(bytes, source.side > 0))
}

function describe(bytes: Buffer, wanted: boolean): KindFacts {
  const opened = openFont(bytes)
  if (opened === null) {
    return damaged(
      { format: 'font' },
      'This font is damaged or incomplete and can’t be drawn. The original is kept as it is.',
    )
  }
  const { font, format, fonts } = opened
  const metadata = { format, ...fontFacts(font), ...(fonts > 1 ? { fonts } : {}) }
  if (!wanted) return { ...noFacts, metadata, symbolic: true }
  const specimen = drawSpecimen(font)
  if (specimen === null) {
    return withoutPreview(metadata, 'This font has no outlines that Vitrine can draw, so there is no specimen of it.')
  }
  return { ...noFacts, metadata, picture: { kind: 'encoded', input: specimen, vector: true }, symbolic: true }
}
