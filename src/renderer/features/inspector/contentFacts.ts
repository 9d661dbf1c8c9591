import type { Asset } from '../../../shared/domain/asset.ts'
import { countText } from '../../strings/quantities.ts'
import { fields, finite, text } from './metadataGroup.ts'

export type ContentFactName =
  | 'family'
  | 'title'
  | 'author'
  | 'series'
  | 'creator'
  | 'page'
  | 'encoding'
  | 'scripts'
  | 'axes'
  | 'version'
  | 'designer'
  | 'license'
  | CountName

const COUNTS = [
  'pages',
  'slides',
  'chapters',
  'artboards',
  'layers',
  'lines',
  'words',
  'glyphs',
  'fonts',
  'meshes',
  'materials',
  'animations',
  'triangles',
  'vertices',
  'faces',
  'files',
] as const
type CountName = (typeof COUNTS)[number]

export interface ContentFact {
  readonly name: ContentFactName
  readonly value: string
}

/**
 * What a document, a font or a model contains, in the order it is shown; empty for pictures and recordings. The names are
 * in docs/formats.md, "Documents, fonts, text and 3D".
 */
export function contentFacts({ metadata }: Pick<Asset, 'metadata'>): readonly ContentFact[] {
  const facts: ContentFact[] = []
  const add = (name: ContentFactName, value: string | null) => {
    if (value !== null) facts.push({ name, value })
  }
  add('family', joined([text(metadata.family), text(metadata.style)], ' '))
  for (const name of ['title', 'author'] as const) add(name, text(metadata[name]))
  add('series', joined([text(metadata.series), text(metadata.number)], ' '))
  add('creator', text(metadata.creator))
  for (const name of COUNTS) add(name, count(metadata[name], metadata.partial === true))
  add('page', pageSize(metadata.page))
  for (const name of ['encoding', 'version', 'designer'] as const) add(name, text(metadata[name]))
  add('axes', list(metadata.axes, axis))
  add('scripts', list(metadata.scripts, text))
  add('license', text(metadata.license))
  return facts
}

function joined(parts: readonly (string | null)[], by: string): string | null {
  const found = parts.filter((part) => part !== null)
  return found.length === 0 ? null : found.join(by)
}

/** Of a text that was read in part there are at least as many. */
function count(value: unknown, partial: boolean): string | null {
  const number = finite(value)
  if (number === null || number < 0) return null
  return partial ? `${countText(number)}+` : countText(number)
}

/** `595.28 × 841.89 pt (210 × 297 mm)` */
function pageSize(value: unknown): string | null {
  const page = fields(value)
  const width = finite(page.width)
  const height = finite(page.height)
  if (width === null || height === null || page.unit !== 'pt') return null
  const millimetres = (points: number) => Math.round((points / 72) * 25.4)
  return `${width} × ${height} pt (${millimetres(width)} × ${millimetres(height)} mm)`
}

/** `Weight 100–900` */
function axis(value: unknown): string | null {
  const { name, min, max } = fields(value)
  return text(name) === null || finite(min) === null || finite(max) === null ? null : `${name} ${min}–${max}`
}

function list(value: unknown, item: (value: unknown) => string | null): string | null {
  return Array.isArray(value) ? joined(value.map(item), ', ') : null
}
