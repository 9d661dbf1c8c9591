import { assetIdSchema, sha256Schema } from '../../../../shared/domain/ids.ts'
import { isAdoptedCell } from '../adoptedKey.ts'
import { mediaColumns } from '../cellColumns.ts'
import type { CellValue, Entity, Operation } from '../journal/operation.ts'
import { cellRule, recordColumns } from './cellRules.ts'

/**
 * `use`: the operation as this device can hold it. `unknown`: of a newer version. `unusable`: no version of this program
 * writes such a value. `skip`: it says something of the other device's disk that means nothing here.
 */
export type Judged =
  | { readonly kind: 'use'; readonly operation: Operation }
  | { readonly kind: 'unknown' | 'unusable' | 'skip' }

const UNUSABLE: Judged = { kind: 'unusable' }
const LONGEST_PATH = 1024
/** Columns that hold JSON, which others parse without looking. */
const jsonColumns: ReadonlySet<string> = new Set([
  'metadata',
  'generation',
  'generation_raw',
  'dominant_colors',
  'gps',
  'roleplay_metadata',
  'aliases',
  'input_metadata',
  'sidecars',
])

/** Looks at what another device sent before anything is done with it: every path, id and hash may be hostile. */
export function judgeOperation(operation: Operation): Judged {
  const { entity, id, field, value } = operation
  const rule = cellRule(entity, id, field)
  if (rule === null) return { kind: 'unknown' }
  if (!isEntityId(entity, id)) return UNUSABLE
  if (field === 'restored') return isRecord(value) ? { kind: 'use', operation } : UNUSABLE
  if (rule === 'creation') return judgeRecord(operation)
  if (field === 'in')
    return value === null || isLink(value, entity !== 'assetTag') ? { kind: 'use', operation } : UNUSABLE
  if (entity === 'asset' && (field === 'media' || field === 'content')) return judgeComposite(operation)
  if (!isScalar(value)) return UNUSABLE
  if (field === 'purged') return Number.isInteger(value) ? { kind: 'use', operation } : UNUSABLE
  if (field === 'storage_path') {
    if (typeof value !== 'string') return UNUSABLE
    return isStoredPath(value) ? { kind: 'use', operation } : { kind: 'skip' }
  }
  if (field === 'object_key' && !isAdoptedCell(value)) return UNUSABLE
  if (field === 'sidecars' && value !== null && !hasSafeSidecars(value)) return UNUSABLE
  return isJsonWhereItMust(field, value) ? { kind: 'use', operation } : UNUSABLE
}

/** Whether a path is below `originals/` whatever system it is used on. */
export function isStoredPath(path: string): boolean {
  if (path.length > LONGEST_PATH || !path.startsWith('originals/')) return false
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && !/[\\:\p{Cc}]/u.test(part))
}

function judgeRecord(operation: Operation): Judged {
  const { value, entity } = operation
  if (!isRecord(value)) return UNUSABLE
  const columns = recordColumns(entity as Entity)
  const record: Record<string, CellValue> = {}
  for (const column of columns) {
    const cell = value[column] ?? null
    if (!isScalar(cell) || !isJsonWhereItMust(column, cell)) return UNUSABLE
    record[column] = cell
  }
  if (entity === 'asset' || entity === 'assetVersion') {
    const { sha256, storage_path: path } = record
    if (!sha256Schema.safeParse(sha256).success || typeof path !== 'string') return UNUSABLE
    if (record.sidecars != null && !hasSafeSidecars(record.sidecars)) return UNUSABLE
    // A file that is somewhere on the other device's disk: here it would be where a copy of it goes.
    if (!isStoredPath(path)) record.storage_path = placeOfCopy(String(sha256), record.extension)
    if (entity === 'assetVersion' && !assetIdSchema.safeParse(record.asset_id).success) return UNUSABLE
  }
  return { kind: 'use', operation: { ...operation, value: record } }
}

/** Where a copy of a file belongs that another device only links to, relative to the library. */
function placeOfCopy(sha256: string, extension: unknown): string {
  const known = typeof extension === 'string' && /^[a-z0-9]{1,16}$/.test(extension)
  return `originals/linked/${sha256.slice(0, 2)}/${sha256}${known ? `.${extension}` : ''}`
}

function judgeComposite(operation: Operation): Judged {
  const { field, value } = operation
  if (!isRecord(value)) return UNUSABLE
  for (const [column, cell] of Object.entries(value)) {
    if (!isScalar(cell) || !isJsonWhereItMust(column, cell)) return UNUSABLE
  }
  if (field === 'content') {
    return sha256Schema.safeParse(value.sha256).success ? { kind: 'use', operation } : UNUSABLE
  }
  const path = value.thumbnail_path ?? null
  const known = typeof path === 'string' && /^cache\/thumbs\/[0-9a-f]{2}\/[0-9a-f]{64}-\d{1,4}\.webp$/.test(path)
  const cells = mediaColumns.map((column) => [column, value[column] ?? null])
  const raw = typeof value.generation_raw === 'string' ? { generation_raw: value.generation_raw } : {}
  return {
    kind: 'use',
    operation: { ...operation, value: { ...Object.fromEntries(cells), ...raw, thumbnail_path: known ? path : null } },
  }
}

/** Whether an id is one that an entity of this kind can have. */
export function isEntityId(entity: string, id: string): boolean {
  if (entity === 'librarySetting') return true
  return (
    id.split('/').every((part) => assetIdSchema.safeParse(part).success) && id.includes('/') === isLinkEntity(entity)
  )
}

function isLinkEntity(entity: string): boolean {
  return entity === 'membership' || entity === 'assetTag' || entity === 'requestReference'
}

function isScalar(value: CellValue): value is string | number | null {
  return value === null || typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value))
}

function isRecord(value: CellValue): value is Record<string, CellValue> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isLink(value: CellValue, ordered: boolean): boolean {
  if (!isRecord(value) || !Number.isInteger(value.at)) return false
  return !ordered || (typeof value.position === 'number' && Number.isFinite(value.position))
}

function isJsonWhereItMust(column: string, value: CellValue): boolean {
  if (!jsonColumns.has(column) || value === null) return true
  return typeof value === 'string' && typeof parseJson(value) === 'object'
}

function hasSafeSidecars(text: CellValue): boolean {
  const list = typeof text === 'string' ? parseJson(text) : null
  if (!Array.isArray(list) || list.length > 1000) return false
  return list.every(
    (entry: unknown) =>
      typeof entry === 'object' &&
      entry !== null &&
      'name' in entry &&
      typeof entry.name === 'string' &&
      'path' in entry &&
      typeof entry.path === 'string' &&
      isStoredPath(entry.path) &&
      'sha256' in entry &&
      sha256Schema.safeParse(entry.sha256).success &&
      'bytes' in entry &&
      Number.isInteger(entry.bytes),
  )
}

/** Undefined for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
