import {
  assetColumns,
  contentColumns,
  createColumns,
  links,
  mediaColumns,
  tables,
  versionColumns,
  versionFields,
} from './cellColumns.ts'
import { type Db, type Statement, statementCache } from './database.ts'
import { pack } from './generationPayload.ts'
import type { CellValue, Entity } from './journal/operation.ts'
import { promptKey } from './promptKey.ts'
import { inOriginals, purgeRows } from './purgeRows.ts'
import { hasRelatives, isTreeCell, refreshTree, type TreeKind } from './trees.ts'

/** Fields of an asset whose change moves words in the search index. */
const searchedFields = new Set(['', 'media', 'file_name', 'custom_title', 'description'])

export interface CellWrite {
  /** The value before, undefined when the cell's entity does not exist (nothing was written). */
  readonly before: CellValue | undefined
  /** The row of the asset concerned, if there is one. */
  readonly assetRow: number | null
  /** True when views, orders or counts may depend on the cell. */
  readonly membership: boolean
}

type Row = Record<string, string | number | null>

/**
 * Writes single cells. The one place that knows how an operation of the journal becomes rows, used alike by mutations,
 * undo, a rebuild and, later, by what other devices send.
 */
export class CellStore {
  readonly #get: (sql: string) => Statement
  /** Kinds of which a parent was changed. */
  readonly #trees = new Set<TreeKind>()

  constructor(db: Db) {
    this.#get = statementCache(db)
  }

  /** Row of an asset, undefined when there is none with this id. */
  assetRow(id: string): number | undefined {
    const row = this.#get('SELECT row_id FROM assets WHERE id = ?').get(id) as { row_id: number } | undefined
    return row?.row_id
  }

  /** Sets one cell. `now` becomes the entity's `updated_at`, ms. Throws for a field no entity of this kind has. */
  write(entity: Entity, id: string, field: string, value: CellValue, now: number): CellWrite {
    switch (entity) {
      case 'asset':
        return field === '' ? this.#createAsset(id, value) : this.#setAsset(id, field, value, now)
      case 'assetVersion':
        return field === '' ? this.#createVersion(id, value) : this.#setVersion(id, field, value)
      case 'membership':
      case 'assetTag':
      case 'requestReference':
        return field === 'position' ? this.#moveLink(entity, id, value) : this.#setLink(entity, id, value)
      case 'collection':
      case 'tag':
      case 'generationRequest':
      case 'generationJob':
        return this.#noteTree(
          entity,
          id,
          field,
          field === '' ? this.#create(entity, id, value) : this.#set(entity, id, field, value, now),
        )
      case 'librarySetting':
        return this.#setSetting(id, value)
    }
  }

  #noteTree(entity: Entity, id: string, field: string, written: CellWrite): CellWrite {
    if (written.before !== undefined && isTreeCell(entity, field) && hasRelatives(this.#get, entity, id))
      this.#trees.add(entity)
    return written
  }

  /** Brings up to date what stands above what, once for all parents that were changed. */
  refreshTrees(): void {
    for (const kind of this.#trees) refreshTree(this.#get, kind)
    this.#trees.clear()
  }

  /** Says that an entity was changed then (ms), though it is again what it was, if nothing later is known of it. */
  touch(entity: Entity, id: string, at: number): void {
    const table = touchedTables[entity]
    if (table !== undefined)
      this.#get(`UPDATE ${table} SET updated_at = :at WHERE id = :id AND updated_at < :at`).run({ id, at })
  }

  /** Brings the search index up to date for these rows. */
  reindex(rows: Iterable<number>): void {
    const ascending = [...rows].sort((a, b) => a - b)
    if (ascending.length === 0) return
    this.#get(
      `INSERT OR REPLACE INTO asset_search(rowid, title, file_name, prompt, negative_prompt, tags, model, description)
       SELECT a.row_id, indexed_text(a.custom_title), indexed_name(a.file_name), indexed_text(a.original_prompt),
         indexed_text(a.negative_prompt), '', indexed_name(a.model_used), indexed_text(a.description)
       FROM json_each(?) j CROSS JOIN assets a ON a.row_id = j.value`,
    ).run(JSON.stringify(ascending))
  }

  /** True when a change of this cell changes what the search index should hold for its asset. Tags are found through their own. */
  static isSearched(entity: Entity, field: string): boolean {
    return entity === 'asset' && searchedFields.has(field)
  }

  #createAsset(id: string, value: CellValue): CellWrite {
    const record = value as Row
    const existing = this.assetRow(id)
    if (existing !== undefined) return { before: undefined, assetRow: existing, membership: false }
    if (this.#get('SELECT 1 FROM tombstones WHERE asset_id = ?').get(id) !== undefined) {
      // Its file may be here all the same, of a catalogue that is being rebuilt; nobody may take it for a new one.
      this.#get(
        `INSERT OR IGNORE INTO file_removals(storage_path, sha256, at) SELECT :path, :sha256, :at WHERE ${inOriginals(':path')}`,
      ).run({
        path: record.storage_path ?? '',
        sha256: record.sha256 ?? '',
        at: record.imported_at ?? 0,
      })
      return missing
    }
    const columns = ['id', ...createColumns]
    const result = this.#get(
      `INSERT INTO assets(${columns.join(', ')}) VALUES (${columns.map((column) => `:${column}`).join(', ')})`,
    ).run({ id, ...pick(record, createColumns) })
    return { before: null, assetRow: Number(result.lastInsertRowid), membership: true }
  }

  #setAsset(id: string, field: string, value: CellValue, now: number): CellWrite {
    if (field === 'media') return this.#setMedia(id, value as Row, now)
    if (field === 'content') return this.#setContent(id, value as Row, now)
    if (field === 'purged') return this.#purge(id, Number(value))
    if (!assetColumns.has(field)) throw new Error(`An asset has no cell "${field}"`)
    const row = this.#get(`SELECT row_id, space, ${field} AS value FROM assets WHERE id = ?`).get(id) as
      | { row_id: number; space: string; value: CellValue }
      | undefined
    if (row === undefined) return missing
    const written = { before: row.value, assetRow: row.row_id, membership: true }
    if (row.value === value) return written
    // Nothing in the Library has an end, in whatever order the cells of several devices come together.
    if (field === 'expires_at' && row.space === 'library') return { ...written, before: value }
    const kept = field === 'space' && value === 'library' ? ', expires_at = NULL' : ''
    this.#get(`UPDATE assets SET ${field} = ?${kept}, updated_at = ? WHERE row_id = ?`).run(value, now, row.row_id)
    return written
  }

  #setMedia(id: string, media: Row, now: number): CellWrite {
    const row = this.assetRow(id)
    if (row === undefined) return missing
    const assignments = mediaColumns.map((column) => `${column} = :${column}`).join(', ')
    this.#get(`UPDATE assets SET ${assignments}, prompt_key = :prompt_key, updated_at = :now WHERE row_id = :row`).run({
      ...pick(media, mediaColumns),
      prompt_key: promptKey(typeof media.original_prompt === 'string' ? media.original_prompt : null),
      now,
      row,
    })
    const payload = media.generation_raw
    if (typeof payload === 'string') {
      this.#get('INSERT OR REPLACE INTO generation_payloads(asset_row, payload) VALUES (?, ?)').run(row, pack(payload))
    } else this.#get('DELETE FROM generation_payloads WHERE asset_row = ?').run(row)
    return { before: null, assetRow: row, membership: false }
  }

  /** Nothing but a tombstone is left; what comes of it later, from wherever, finds no entity. */
  #purge(id: string, at: number): CellWrite {
    const row = this.assetRow(id)
    this.#get('INSERT OR IGNORE INTO tombstones(asset_id, at, asset_row) VALUES (?, ?, ?)').run(id, at, row ?? null)
    if (row === undefined) return missing
    this.#get('DELETE FROM temp.cell_set').run()
    this.#get('INSERT INTO temp.cell_set(row, id) VALUES (?, ?)').run(row, id)
    purgeRows(this.#get, at)
    return { before: null, assetRow: row, membership: true }
  }

  /** A setting that has never been set is null, which means its default. */
  #setSetting(key: string, value: CellValue): CellWrite {
    const row = this.#get('SELECT value FROM library_settings WHERE key = ?').get(key) as { value: string } | undefined
    if (value === null) this.#get('DELETE FROM library_settings WHERE key = ?').run(key)
    else this.#get('INSERT OR REPLACE INTO library_settings(key, value) VALUES (?, ?)').run(key, value)
    return { before: row?.value ?? null, assetRow: null, membership: true }
  }

  #setContent(id: string, content: Row, now: number): CellWrite {
    const before = this.#get(`SELECT row_id, ${contentColumns.join(', ')} FROM assets WHERE id = ?`).get(id) as
      | (Row & { row_id: number })
      | undefined
    if (before === undefined) return missing
    const { row_id, ...columns } = before
    const assignments = contentColumns.map((column) => `${column} = :${column}`).join(', ')
    this.#get(`UPDATE assets SET ${assignments}, thumbnail_path = NULL, updated_at = :now WHERE row_id = :row`).run({
      ...pick(content, contentColumns),
      now,
      row: row_id,
    })
    return { before: columns, assetRow: row_id, membership: true }
  }

  #create(entity: keyof typeof tables, id: string, value: CellValue): CellWrite {
    const { table, create } = tables[entity]
    const columns = ['id', ...create]
    const result = this.#get(
      `INSERT OR IGNORE INTO ${table}(${columns.join(', ')}) VALUES (${columns.map((column) => `:${column}`).join(', ')})`,
    ).run({ id, ...pick(value as Row, create) })
    return { before: result.changes === 0 ? undefined : null, assetRow: null, membership: true }
  }

  #set(entity: keyof typeof tables, id: string, field: string, value: CellValue, now: number): CellWrite {
    const { table, set, touched } = tables[entity]
    if (!(set as ReadonlySet<string>).has(field)) throw new Error(`A ${entity} has no cell "${field}"`)
    const row = this.#get(`SELECT ${field} AS value FROM ${table} WHERE id = ?`).get(id) as
      | { value: CellValue }
      | undefined
    if (row === undefined) return missing
    if (row.value !== value) {
      const touch = touched ? ', updated_at = :now' : ''
      this.#get(`UPDATE ${table} SET ${field} = :value${touch} WHERE id = :id`).run(
        touched ? { value, id, now } : { value, id },
      )
    }
    return { before: row.value, assetRow: null, membership: true }
  }

  /** A link's value is `{ at, position }` while it stands, null when it does not. */
  #setLink(entity: keyof typeof links, id: string, value: CellValue): CellWrite {
    const { table, owner, ordered } = links[entity]
    const slash = id.indexOf('/')
    const ownerId = id.slice(0, slash)
    const row = this.assetRow(id.slice(slash + 1))
    if (row === undefined) return missing
    const current = this.#get(
      `SELECT added_at AS at${ordered ? ', position' : ''} FROM ${table} WHERE ${owner} = ? AND asset_row = ?`,
    ).get(ownerId, row) as Row | undefined
    // A link that stands already is no change, whenever it was made.
    if (current !== undefined && value !== null) return { before: value, assetRow: row, membership: false }
    const write = { before: (current ?? null) as CellValue, assetRow: row, membership: true }
    if (value === null) {
      this.#get(`DELETE FROM ${table} WHERE ${owner} = ? AND asset_row = ?`).run(ownerId, row)
    } else {
      const link = value as Row
      if (ordered) {
        this.#get(`INSERT INTO ${table}(${owner}, asset_row, added_at, position) VALUES (?, ?, ?, ?)`).run(
          ownerId,
          row,
          link.at,
          link.position,
        )
      } else {
        this.#get(`INSERT INTO ${table}(${owner}, asset_row, added_at) VALUES (?, ?, ?)`).run(ownerId, row, link.at)
      }
    }
    return write
  }

  /** The place of a link that stands, in an order made by hand. */
  #moveLink(entity: keyof typeof links, id: string, value: CellValue): CellWrite {
    const { table, owner, ordered } = links[entity]
    if (!ordered) throw new Error(`A ${entity} has no place`)
    const slash = id.indexOf('/')
    const row = this.assetRow(id.slice(slash + 1))
    if (row === undefined) return missing
    const where = `${owner} = ? AND asset_row = ?`
    const current = this.#get(`SELECT position FROM ${table} WHERE ${where}`).get(id.slice(0, slash), row) as
      | { position: number }
      | undefined
    if (current === undefined) return missing
    this.#get(`UPDATE ${table} SET position = ? WHERE ${where}`).run(value, id.slice(0, slash), row)
    return { before: current.position, assetRow: row, membership: true }
  }

  /** The record of a version names its asset by id: rows are this device's own. */
  #createVersion(id: string, value: CellValue): CellWrite {
    const version = value as Row
    const row = this.assetRow(String(version.asset_id))
    if (row === undefined) return missing
    const columns = ['id', 'asset_row', ...versionColumns]
    const result = this.#get(
      `INSERT OR IGNORE INTO asset_versions(${columns.join(', ')}) VALUES (${columns.map((column) => `:${column}`).join(', ')})`,
    ).run({ id, asset_row: row, ...pick(version, versionColumns) })
    return { before: result.changes === 0 ? undefined : null, assetRow: row, membership: false }
  }

  #setVersion(id: string, field: string, value: CellValue): CellWrite {
    if (!versionFields.has(field)) throw new Error(`A version has no cell "${field}"`)
    const found = this.#get(`SELECT asset_row, ${field} AS value FROM asset_versions WHERE id = ?`).get(id) as
      | { asset_row: number; value: CellValue }
      | undefined
    if (found === undefined) return missing
    this.#get(`UPDATE asset_versions SET ${field} = ? WHERE id = ?`).run(value, id)
    return { before: found.value, assetRow: found.asset_row, membership: false }
  }
}

const touchedTables: Readonly<Partial<Record<Entity, string>>> = {
  asset: 'assets',
  ...Object.fromEntries(
    Object.entries(tables).flatMap(([entity, { table, touched }]) => (touched ? [[entity, table]] : [])),
  ),
}
const missing: CellWrite = { before: undefined, assetRow: null, membership: false }

function pick(record: Row, columns: readonly string[]): Row {
  return Object.fromEntries(columns.map((column) => [column, record[column] ?? null]))
}
