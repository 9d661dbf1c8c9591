import { assetColumns, createColumns, links, tables, versionColumns, versionFields } from '../cellColumns.ts'
import { isDiscardedKey } from '../discardedSetting.ts'
import type { Entity } from '../journal/operation.ts'
import { type Favours, theLatest, whatIsKept, whatIsNotDeleted, whatStands } from './mergeWrites.ts'

/** How writes to a cell that did not know each other become one. */
export interface CellRule {
  /**
   * `remember`: those that a cell does not show are kept until a later write has seen them. `forget`: the highest stamp is
   * all that counts, for what programs write.
   */
  readonly concurrent: 'remember' | 'forget'
  readonly favours: Favours
  /** Whether a person is told of what a cell does not show. */
  readonly listed: boolean
}

const machine: CellRule = { concurrent: 'forget', favours: theLatest, listed: false }
const person: CellRule = { concurrent: 'remember', favours: theLatest, listed: true }
const deletion: CellRule = { concurrent: 'remember', favours: whatIsNotDeleted, listed: true }
const link: CellRule = { concurrent: 'remember', favours: whatStands, listed: false }

/** Cells of assets that people set. */
const personal: ReadonlySet<string> = new Set([
  'custom_title',
  'description',
  'rating',
  'color_label',
  'is_favorite',
  'visibility',
  'content_category',
  'roleplay_metadata',
  'source_url',
  'request_id',
])
/** Cells of collections, tags and requests that people don't care about: orders made by hand, and what belongs to a query. */
const minor: ReadonlySet<string> = new Set(['position', 'cover_asset_id'])
const settings: ReadonlySet<string> = new Set(['expiry_days', 'trash_days', 'quota_bytes'])

/** How the cell merges; `creation` for what makes an entity; null for a cell that this version does not know. */
export function cellRule(entity: string, id: string, field: string): CellRule | 'creation' | null {
  switch (entity as Entity) {
    case 'asset':
      return field === '' ? 'creation' : assetRule(field)
    case 'assetVersion':
      if (field === '') return 'creation'
      return versionFields.has(field) ? (field === 'deleted_at' ? { ...deletion, listed: false } : machine) : null
    case 'membership':
    case 'assetTag':
    case 'requestReference':
      if (field === 'in') return link
      return field === 'position' && links[entity as keyof typeof links].ordered ? machine : null
    case 'collection':
    case 'tag':
    case 'generationRequest':
    case 'generationJob': {
      if (field === '') return 'creation'
      const kind = entity as keyof typeof tables
      if (!(tables[kind].set as ReadonlySet<string>).has(field)) return null
      if (kind === 'generationJob' || minor.has(field)) return machine
      return field === 'deleted_at' ? deletion : person
    }
    case 'librarySetting':
      if (field !== 'value') return null
      if (isDiscardedKey(id)) return machine
      return settings.has(id) ? person : null
    default:
      return null
  }
}

function assetRule(field: string): CellRule | null {
  if (personal.has(field)) return person
  if (field === 'deleted_at') return deletion
  if (field === 'space') return { concurrent: 'remember', favours: whatIsKept, listed: false }
  if (field === 'purged') return { concurrent: 'remember', favours: theLatest, listed: false }
  if (field === 'media' || field === 'content' || field === 'restored') return machine
  return assetColumns.has(field) ? machine : null
}

/** Whether a deletion for good must have known a write to this cell of the asset: it is something that a person did. */
export function isEdit(field: string): boolean {
  return personal.has(field) || field === 'space' || field === 'content'
}

/** Columns of the record that makes an entity. */
export function recordColumns(entity: Entity): readonly string[] {
  if (entity === 'asset') return createColumns
  if (entity === 'assetVersion') return ['asset_id', ...versionColumns]
  return entity in tables ? tables[entity as keyof typeof tables].create : []
}
