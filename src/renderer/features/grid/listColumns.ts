import type { SortField } from '../../../shared/domain/query.ts'
import type { ListColumn, ListFact } from '../../state/listColumns.ts'

/** What a press on the head of a column orders by; null where nothing does. */
export const sortOfFact: Readonly<Record<ListFact, SortField | null>> = {
  type: 'asset_type',
  dimensions: 'width',
  size: 'file_size_bytes',
  duration: 'duration_seconds',
  rating: 'rating',
  tags: null,
  model: 'model_used',
  captured: 'captured_at',
  imported: 'imported_at',
  sync: null,
}

/** Numbers stand at the right edge of their column. */
export const numericFacts: ReadonlySet<ListFact> = new Set(['dimensions', 'size', 'duration'])

/** Room for picture, name, marks and the gaps between them, in CSS pixels. */
const FIXED = 34 + 160 + 40 + 3 * 12 + 16
const GAP = 12

/** As many columns from the left as leave the name enough room. */
export function fittingColumns(columns: readonly ListColumn[], width: number): readonly ListColumn[] {
  let left = width - FIXED
  const end = columns.findIndex(({ width }) => {
    left -= width + GAP
    return left < 0
  })
  return end < 0 ? columns : columns.slice(0, end)
}

/** The grid of a line with these columns, as CSS. */
export function templateOf(columns: readonly ListColumn[]): string {
  return ['34px', 'minmax(80px, 1fr)', '40px', ...columns.map(({ width }) => `${width}px`)].join(' ')
}
