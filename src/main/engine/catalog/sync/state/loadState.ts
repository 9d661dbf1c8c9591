import { links, tables } from '../../cellColumns.ts'
import { CellStore } from '../../cells.ts'
import { type Db, type Statement, statementCache } from '../../database.ts'
import { pack } from '../../generationPayload.ts'
import type { CellValue } from '../../journal/operation.ts'
import { promptKey } from '../../promptKey.ts'
import { refreshTree } from '../../trees.ts'
import { type StateKind, sharedAssetColumns, sharedColumns, sharedVersionColumns } from './stateKinds.ts'
import { type EntityLine, type Frontier, readEntityLine, readParkedLine } from './stateLine.ts'

/** A shard’s lines are not what this program would have written: the checkpoint can’t be used. */
export class StateRefused extends Error {}

/** Where the log of a device stands at the frontier of a checkpoint. */
export interface FrontierDevice {
  readonly seq: number
  readonly sha256: string
  /** `seen` of that segment. */
  readonly seen: Readonly<Record<string, number>>
  readonly name: string | null
}

export interface StateLoader {
  /** Takes in the lines of one shard, in a transaction. Shards come in the order of their kinds. */
  load(kind: StateKind, lines: readonly string[], now: number): void
  /** What follows from all of it: trees, and how far each log is contained. */
  finish(): void
}

/**
 * Fills an empty catalogue with what `readState` has written elsewhere. `isHere` says whether a file, given relative to the
 * library, is on this device. Throws `StateRefused` for lines that can’t be used; the catalogue is then worth nothing.
 */
export function stateLoader(
  db: Db,
  devices: Readonly<Record<string, FrontierDevice>>,
  isHere: (path: string) => boolean,
): StateLoader {
  const get = statementCache(db)
  const cells = new CellStore(db)
  const frontier: Frontier = Object.fromEntries(Object.entries(devices).map(([id, { seq }]) => [id, seq]))
  const traces = tracesOf(get)

  const loadEntities = (kind: Exclude<StateKind, 'parked'>, lines: readonly string[], now: number): void => {
    const insert = inserterOf(kind, get, isHere)
    const rows: number[] = []
    for (const text of lines) {
      const line = readEntityLine(kind, text, frontier)
      if (line === null) throw new StateRefused(`A line of kind ${kind} can’t be used`)
      const row = line.row === undefined ? null : insert(line)
      if (kind === 'asset' && row !== null) rows.push(row)
      if (line.gone !== undefined) get('INSERT INTO tombstones(asset_id, at) VALUES (?, ?)').run(line.id, line.gone)
      if (line.object !== undefined) {
        const [cell, size] = line.object
        get(
          'INSERT INTO purged_origins(asset_id, sha256, size, object_key) VALUES (:id, substr(:cell, 1, 64), :size, substr(:cell, 66))',
        ).run({ id: line.id, cell, size })
      }
      traces(kind, line, now)
    }
    cells.reindex(rows)
  }
  const loadParked = (lines: readonly string[]): void => {
    for (const text of lines) {
      const line = readParkedLine(text, frontier)
      if (line === null) throw new StateRefused('A line of an operation that waits can’t be used')
      get(
        `INSERT INTO parked_operations(device_id, seq, place, operation, seen, reason, waits_for) VALUES (?, ?, ?, ?, ?, ?, ?)`,
      ).run(line.device, line.seq, line.place, line.operation, JSON.stringify(line.seen), line.reason, line.waits_for)
    }
  }
  return {
    load(kind, lines, now) {
      db.transaction(() => (kind === 'parked' ? loadParked(lines) : loadEntities(kind, lines, now))).immediate()
    },
    finish() {
      db.transaction(() => {
        refreshTree(get, 'tag')
        refreshTree(get, 'collection')
        for (const [id, { seq, sha256, seen, name }] of Object.entries(devices)) {
          get('INSERT INTO devices(id, name, applied_seq, applied_sha, seen) VALUES (?, ?, ?, ?, ?)').run(
            id,
            name,
            seq,
            sha256,
            JSON.stringify(seen),
          )
        }
      }).immediate()
    },
  }
}

/** Writes stamps and hidden writes of a line. */
function tracesOf(get: (sql: string) => Statement): (kind: string, line: EntityLine, now: number) => void {
  const saveStamp = get('INSERT INTO stamps(entity, entity_id, field, stamp, place) VALUES (?, ?, ?, ?, ?)')
  const hide = get(
    `INSERT INTO unshown_writes(entity, entity_id, field, value, stamp, place, outbox, found_at, listed)
     VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?)`,
  )
  return (kind, { id, cells, hidden }, now) => {
    for (const [field, stamp, place] of cells) saveStamp.run(kind, id, field, stamp, place)
    for (const [field, value, stamp, place, listed] of hidden)
      hide.run(kind, id, field, JSON.stringify(value), stamp, place, now, listed)
  }
}

/** Inserts the row of a line. Returns the row of an asset. */
function inserterOf(
  kind: Exclude<StateKind, 'parked'>,
  get: (sql: string) => Statement,
  isHere: (path: string) => boolean,
): (line: EntityLine) => number | null {
  switch (kind) {
    case 'asset': {
      const columns = ['id', ...sharedAssetColumns]
      const insert = get(
        `INSERT INTO assets(${columns.join(', ')}, prompt_key, sync_state)
         VALUES (${columns.map((column) => `:${column}`).join(', ')}, :prompt_key, :sync_state)`,
      )
      const keepPayload = get('INSERT INTO generation_payloads(asset_row, payload) VALUES (?, ?)')
      return ({ id, row = {}, raw }) => {
        const prompt = row.original_prompt
        const { lastInsertRowid } = insert.run({
          id,
          ...pick(row, sharedAssetColumns),
          prompt_key: promptKey(typeof prompt === 'string' ? prompt : null),
          sync_state: isHere(String(row.storage_path)) ? 'local' : 'cloud-only',
        })
        if (raw !== undefined) keepPayload.run(lastInsertRowid, pack(raw))
        return Number(lastInsertRowid)
      }
    }
    case 'assetVersion': {
      const columns = ['id', ...sharedVersionColumns]
      const insert = get(
        `INSERT INTO asset_versions(${columns.join(', ')}, asset_row)
         VALUES (${columns.map((column) => `:${column}`).join(', ')}, (SELECT row_id FROM assets WHERE id = :asset_id))`,
      )
      return ({ id, row = {} }) => {
        insert.run({ id, asset_id: row.asset_id, ...pick(row, sharedVersionColumns) })
        return null
      }
    }
    case 'membership':
    case 'assetTag':
    case 'requestReference': {
      const { table, owner, ordered } = links[kind]
      const insert = get(
        `INSERT INTO ${table}(${owner}, asset_row, added_at${ordered ? ', position' : ''})
         VALUES (:owner, (SELECT row_id FROM assets WHERE id = :asset), :at${ordered ? ', :position' : ''})`,
      )
      return ({ id, row = {} }) => {
        const slash = id.indexOf('/')
        const ends = { owner: id.slice(0, slash), asset: id.slice(slash + 1), at: row.at }
        insert.run(ordered ? { ...ends, position: row.position } : ends)
        return null
      }
    }
    case 'librarySetting': {
      const insert = get('INSERT INTO library_settings(key, value) VALUES (?, ?)')
      return ({ id, row = {} }) => {
        insert.run(id, row.value)
        return null
      }
    }
    case 'collection':
    case 'tag':
    case 'generationRequest':
    case 'generationJob': {
      const known = sharedColumns(kind)
      return ({ id, row = {} }) => {
        // What has a default other than nothing keeps it where nothing is said.
        const columns = known.filter((column) => row[column] !== undefined)
        const { table } = tables[kind]
        get(
          `INSERT INTO ${table}(id${columns.map((column) => `, ${column}`).join('')})
           VALUES (:id${columns.map((column) => `, :${column}`).join('')})`,
        ).run({ id, ...pick(row, columns) })
        return null
      }
    }
  }
}

function pick(row: Readonly<Record<string, CellValue>>, columns: readonly string[]): Record<string, CellValue> {
  return Object.fromEntries(columns.map((column) => [column, row[column] ?? null]))
}
