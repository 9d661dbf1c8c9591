import type { Asset } from '../../../../shared/domain/asset.ts'

const columns = [
  'id',
  'file_name',
  'custom_title',
  'description',
  'asset_type',
  'mime_type',
  'file_size_bytes',
  'width',
  'height',
  'duration_seconds',
  'rating',
  'is_favorite',
  'color_label',
  'tags',
  'collections',
  'original_prompt',
  'negative_prompt',
  'model_used',
  'generation_seed',
  'generator',
  'captured_at',
  'created_at',
  'imported_at',
  'space',
  'status',
  'sync_state',
  'sha256',
  'storage_path',
  'source_path',
] as const satisfies readonly (keyof Asset)[]

/** First line of the file, with a byte order mark: without one, spreadsheets take UTF-8 for something else. */
export const csvHeader = `\uFEFF${columns.join(',')}\r\n`

/** One asset as a line of comma-separated values. Source: RFC 4180. Lists are separated by `; `. */
export function csvLine(asset: Asset): string {
  return `${columns.map((column) => field(cellOf(asset, column))).join(',')}\r\n`
}

function cellOf(asset: Asset, column: (typeof columns)[number]): string | number | boolean | null {
  switch (column) {
    case 'tags':
      return asset.tags.join('; ')
    case 'collections':
      return asset.collections.map(({ name }) => name).join('; ')
    default:
      return asset[column]
  }
}

function field(value: string | number | boolean | null): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  // A text that begins like this is run as a formula by spreadsheets; a prompt from a stranger's file must not be.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
