import { z } from 'zod'
import { assetIdSchema, deviceIdSchema } from '../../../../../shared/domain/ids.ts'
import { isAdoptedCell } from '../../adoptedKey.ts'
import { links, tables, versionFields } from '../../cellColumns.ts'
import type { CellValue } from '../../journal/operation.ts'
import { parseOperations } from '../../journal/operationSet.ts'
import { parseStamp, type Stamp } from '../../journal/stamp.ts'
import { cellRule } from '../cellRules.ts'
import { isStampOf } from '../checkSegment.ts'
import { isEntityId, judgeOperation } from '../usableOperation.ts'
import { type StateKind, sharedAssetColumns, sharedColumns, sharedVersionColumns } from './stateKinds.ts'

/** What a cell shows: the write with this stamp, in this segment of the device that the stamp names. */
export type StateCell = readonly [field: string, stamp: string, place: number]
/** A write that a cell does not show and that no other one knew; `listed` is 1 if a person is told of it. */
export type HiddenWrite = readonly [field: string, value: CellValue, stamp: string, place: number, listed: 0 | 1]

type Row = Readonly<Record<string, CellValue>>

/** One entity as it stands after all segments of a frontier. */
export interface EntityLine {
  readonly id: string
  /** Its columns but for those that are null; absent if there is nothing but traces of it. */
  readonly row?: Row | undefined
  /** `generation_raw` of an asset. */
  readonly raw?: string | undefined
  /** When an asset was removed for good, ms. */
  readonly gone?: number | undefined
  /** … and the object that its bytes had been adopted from, as `adoptedKey.ts` has it, with its size. */
  readonly object?: readonly [cell: string, size: number] | undefined
  readonly cells: readonly StateCell[]
  readonly hidden: readonly HiddenWrite[]
}

/** An operation that can't be taken in yet. */
export interface ParkedLine {
  readonly device: string
  readonly seq: number
  readonly place: number
  /** JSON text of the operation, or the line as it came. */
  readonly operation: string
  readonly seen: Readonly<Record<string, number>>
  readonly reason: 'unknown' | 'unusable' | 'waits'
  readonly waits_for: string | null
}

/** Lines are read by `JSON.parse`, which gives nothing else: a look at every value would take longer than all the rest. */
const json = z.unknown() as unknown as z.ZodType<CellValue>
const sequence = z.number().int().nonnegative()
const entityLine = z.strictObject({
  id: z.string().max(200),
  row: z.record(z.string(), json).optional(),
  raw: z.string().optional(),
  gone: z.number().int().optional(),
  object: z.tuple([z.string(), sequence]).optional(),
  cells: z.array(z.tuple([z.string(), z.string(), sequence])),
  hidden: z.array(z.tuple([z.string(), json, z.string(), sequence, z.union([z.literal(0), z.literal(1)])])),
})
const parkedLine = z.strictObject({
  device: deviceIdSchema,
  seq: sequence,
  place: sequence,
  operation: z.string(),
  seen: z.record(z.string(), sequence),
  reason: z.enum(['unknown', 'unusable', 'waits']),
  waits_for: assetIdSchema.nullable(),
})

/** Up to where each device’s log is contained. */
export type Frontier = Readonly<Record<string, number>>

/**
 * Reads a line of a shard; null for one that this program would not have written, whatever the reason: the whole checkpoint
 * is then not used. Every id, path and hash is looked at as if it came in a segment.
 */
export function readEntityLine(
  kind: Exclude<StateKind, 'parked'>,
  text: string,
  frontier: Frontier,
): EntityLine | null {
  const line = entityLine.safeParse(parseJson(text)).data
  if (line === undefined) return null
  const { id } = line
  if (!isEntityId(kind, id)) return null
  if (kind !== 'asset' && (line.raw !== undefined || line.gone !== undefined)) return null
  if (line.row !== undefined && line.gone !== undefined) return null
  if (line.object !== undefined && (line.gone === undefined || !isAdoptedCell(line.object[0]))) return null
  for (const [field, stamp, place] of line.cells)
    if (field === '' || !isCell(kind, id, field) || !isWrite(stamp, place, frontier)) return null
  for (const [field, value, stamp, place] of line.hidden) {
    if (field === '' || !isWrite(stamp, place, frontier)) return null
    if (judgeOperation({ entity: kind, id, field, value, stamp }).kind !== 'use') return null
  }
  if (line.row === undefined) return line
  const row = readRow(kind, id, line.row)
  return row === null ? null : { ...line, row }
}

/** The same for an operation that waits. */
export function readParkedLine(text: string, frontier: Frontier): ParkedLine | null {
  const line = parkedLine.safeParse(parseJson(text)).data
  if (line === undefined || frontier[line.device] === undefined) return null
  if (line.reason !== 'waits') return parseJson(line.operation) === undefined ? null : line
  // These are taken in without another look.
  const [operation, ...more] = parseOperations(line.operation) ?? []
  if (operation === undefined || more.length > 0 || !isStampOf(line.device, operation.stamp)) return null
  return judgeOperation(operation).kind === 'use' ? line : null
}

function isCell(kind: string, id: string, field: string): boolean {
  const rule = cellRule(kind, id, field)
  return rule !== null && rule !== 'creation'
}

function isWrite(stamp: string, place: number, frontier: Frontier): boolean {
  const { device } = parseStamp(stamp as Stamp)
  const end = frontier[device]
  return end !== undefined && place <= end && isStampOf(device, stamp)
}

function readRow(kind: Exclude<StateKind, 'parked'>, id: string, row: Row): Row | null {
  const judge = (field: string, value: CellValue) => judgeOperation({ entity: kind, id, field, value, stamp: '' })
  /** What a record comes to, null for one that can't be used. */
  const use = (field: string): Row | null => {
    const judged = judge(field, row)
    return judged.kind === 'use' ? (judged.operation.value as Row) : null
  }
  const areCells = (fields: ReadonlySet<string>): boolean =>
    Object.entries(row).every(([column, value]) => !fields.has(column) || judge(column, value).kind === 'use')
  switch (kind) {
    case 'asset': {
      const record = use('')
      const media = use('media')
      if (record === null || media === null || !hasOnly(row, sharedAssetColumns)) return null
      return { ...row, storage_path: record.storage_path ?? null, thumbnail_path: media.thumbnail_path ?? null }
    }
    case 'assetVersion': {
      const record = use('')
      if (record === null || !hasOnly(row, ['asset_id', ...sharedVersionColumns])) return null
      return areCells(versionFields) ? { ...row, storage_path: record.storage_path ?? null } : null
    }
    case 'membership':
    case 'assetTag':
    case 'requestReference':
      return hasOnly(row, links[kind].ordered ? ['at', 'position'] : ['at']) ? use('in') : null
    case 'librarySetting':
      return hasOnly(row, ['value']) && typeof row.value === 'string' && judge('value', row.value).kind === 'use'
        ? row
        : null
    case 'collection':
    case 'tag':
    case 'generationRequest':
    case 'generationJob': {
      if (use('') === null || !hasOnly(row, sharedColumns(kind))) return null
      return areCells(tables[kind].set) ? row : null
    }
  }
}

/** A column that this program does not know comes of a newer one, which keeps more than this one could hold. */
function hasOnly(row: Row, columns: readonly string[]): boolean {
  return Object.keys(row).every((column) => columns.includes(column))
}

/** Undefined for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
