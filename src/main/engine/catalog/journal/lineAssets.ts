import { pickValues, type SetValues } from '../setValues.ts'
import type { Operation } from './operation.ts'
import { operationSet } from './operationSet.ts'

/** A line of the journal that concerns assets: one operation, or the same field of many. */
export type AssetLine =
  | { readonly kind: 'one'; readonly entity: string; readonly field: string; readonly asset: string }
  | {
      readonly kind: 'set'
      readonly entity: string
      readonly field: string
      readonly assets: readonly string[]
      readonly set: { readonly entity: string; readonly of: string; readonly field: string; readonly stamp: string }
      readonly values: SetValues
    }

const LINKS: ReadonlySet<string> = new Set(['membership', 'assetTag', 'requestReference'])

/**
 * What a line of our own journal says of assets; null for one that concerns none. `assetOfVersion` finds the asset of a
 * version that was made before. Lines of others must have been checked by `parseOperations` first.
 */
export function assetLine(text: string, assetOfVersion: (id: string) => string | null): AssetLine | null {
  const line = JSON.parse(text) as Operation & Partial<{ ids: readonly string[]; of: string }> & SetValues
  const { entity, field, stamp } = line
  if (line.ids !== undefined) {
    if (entity !== 'asset' && !LINKS.has(entity)) return null
    const set = { entity, of: line.of ?? '', field, stamp }
    return { kind: 'set', entity, field, assets: line.ids, set, values: valuesOf(line) }
  }
  const asset = assetOf(line, assetOfVersion)
  return asset === null ? null : { kind: 'one', entity, field, asset }
}

/** The part of a line that concerns the chosen ones of its assets; null when that is nothing. */
export function partOfLine(text: string, line: AssetLine, chosen: (asset: string) => boolean): string | null {
  if (line.kind === 'one') return chosen(line.asset) ? text : null
  const places = line.assets.flatMap((asset, place) => (chosen(asset) ? [place] : []))
  if (places.length === line.assets.length) return text
  if (places.length === 0) return null
  const ids = places.map((place) => line.assets[place] ?? '')
  return operationSet(line.set as Parameters<typeof operationSet>[0], ids, pickValues(line.values, places))
}

function valuesOf(line: SetValues): SetValues {
  if ('all' in line) return { all: line.all }
  return 'run' in line ? { run: line.run } : { each: line.each }
}

function assetOf(
  { entity, id, field, value }: Operation,
  assetOfVersion: (id: string) => string | null,
): string | null {
  if (entity === 'asset') return id
  if (LINKS.has(entity)) return id.slice(id.indexOf('/') + 1)
  if (entity !== 'assetVersion') return null
  if (field !== '') return assetOfVersion(id)
  const record = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
  return typeof record.asset_id === 'string' ? record.asset_id : null
}
