import type { Asset } from '../../../shared/domain/asset.ts'

/** One group of what a file says about itself; empty if it says nothing of the kind. The names are in docs/formats.md. */
export function metadataGroup(
  { metadata }: Pick<Asset, 'metadata'>,
  group: 'camera' | 'descriptive' | 'gps',
): Readonly<Record<string, unknown>> {
  return fields(metadata[group])
}

/** The fields of an object, none for anything else. */
export function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

/** A text that says something, else null. */
export function text(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const trimmed = value.trim()
  return trimmed === '' ? null : trimmed
}

export function finite(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
