import { assetColumns, createColumns, mediaColumns, tables, versionColumns, versionFields } from '../../cellColumns.ts'

/** What a shard of a checkpoint holds: lines of one entity, or operations that wait. In the order in which they are read in. */
export const stateKinds = [
  'generationJob',
  'collection',
  'tag',
  'generationRequest',
  'librarySetting',
  'asset',
  'assetVersion',
  'membership',
  'assetTag',
  'requestReference',
  'parked',
] as const
export type StateKind = (typeof stateKinds)[number]

/** Columns of an asset that devices share: those of its record, of what was read from its file, and of single cells. */
export const sharedAssetColumns: readonly string[] = [...new Set([...createColumns, ...mediaColumns, ...assetColumns])]

/** Columns of a version beside the asset that it names: of its record and of single cells. */
export const sharedVersionColumns: readonly string[] = [...new Set<string>([...versionColumns, ...versionFields])]

/** Columns of entities with a table of their own that devices share. */
export function sharedColumns(kind: keyof typeof tables): readonly string[] {
  return [...new Set<string>([...tables[kind].create, ...tables[kind].set])]
}
