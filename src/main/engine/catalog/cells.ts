import { type Db, type Statement, statementCache } from './database.ts'
import { pack } from './generationPayload.ts'
import type { CellValue, Entity } from './journal/operation.ts'

/** Columns of an asset that a cell may set on its own. Everything else comes with its creation or with `media`. */
const assetColumns = new Set([
  'space',
  'status',
  'file_name',
  'storage_path',
  'custom_title',
  'description',
  'rating',
  'color_label',
  'is_favorite',
  'visibility',
  'content_category',
  'imported_at',
  'expires_at',
  'deleted_at',
  'job_id',
  'error_code',
  'error_message',
  'sidecars',
])

/** What `media` carries: everything that was read from the file. */
const mediaColumns = [
  'status',
  'thumbnail_path',
  'width',
  'height',
  'aspect',
  'duration_seconds',
  'thumbhash',
  'dominant_colors',
  'phash',
  'metadata',
  'captured_at',
  'gps',
  'original_prompt',
  'negative_prompt',
  'model_used',
  'generation_seed',
  'generator',
  'generation',
  'error_code',
  'error_message',
] as const

/** What `content` carries: the bytes of a file that was changed in place. What was drawn of the old ones is drawn anew. */
const contentColumns = ['sha256', 'file_size_bytes', 'mime_type', 'asset_type', 'extension', 'created_at'] as const

/** The first record of an asset. */
const createColumns = [
  'owner_id',
  'space',
  'status',
  'asset_type',
  'file_name',
  'extension',
  'mime_type',
  'file_size_bytes',
  'sha256',
  'storage_path',
  'job_id',
  'source_path',
  'created_at',
  'updated_at',
  'imported_at',
  'expires_at',
  'sidecars',
] as const

const tables = {
  collection: {
    table: 'collections',
    create: ['parent_id', 'name', 'description', 'kind', 'query', 'position', 'created_at', 'updated_at', 'deleted_at'],
    set: new Set([
      'parent_id',
      'name',
      'description',
      'query',
      'cover_asset_id',
      'position',
      'archived_at',
      'deleted_at',
    ]),
  },
  tag: {
    table: 'tags',
    create: ['parent_id', 'name', 'color', 'created_at', 'deleted_at'],
    set: new Set(['parent_id', 'name', 'color', 'deleted_at']),
  },
  generationJob: {
    table: 'generation_jobs',
    create: ['folder', 'status', 'created_at', 'updated_at'],
    set: new Set(['status', 'progress', 'error']),
  },
} as const

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
      case 'membership':
        return this.#setLink('collection_assets', 'collection_id', id, value)
      case 'assetTag':
        return this.#setLink('asset_tags', 'tag_id', id, value)
      case 'collection':
      case 'tag':
      case 'generationJob':
        return field === '' ? this.#create(entity, id, value) : this.#set(entity, id, field, value, now)
    }
  }

  /** Brings the search index up to date for these rows. */
  reindex(rows: Iterable<number>): void {
    const select = this.#get(
      `SELECT coalesce(custom_title, '') AS title, file_name, coalesce(original_prompt, '') AS prompt,
        coalesce(negative_prompt, '') AS negative_prompt, coalesce(model_used, '') AS model,
        coalesce(description, '') AS description,
        coalesce((SELECT group_concat(t.name, ' ') FROM asset_tags x JOIN tags t ON t.id = x.tag_id WHERE x.asset_row = row_id), '') AS tags
       FROM assets WHERE row_id = ?`,
    )
    const insert = this.#get(
      `INSERT OR REPLACE INTO asset_search(rowid, title, file_name, prompt, negative_prompt, tags, model, description)
       VALUES (:row_id, :title, :file_name, :prompt, :negative_prompt, :tags, :model, :description)`,
    )
    for (const rowId of rows) {
      const text = select.get(rowId) as Row | undefined
      if (text !== undefined) insert.run({ ...text, row_id: rowId })
    }
  }

  /** True when a change of this cell changes what the search index should hold for its asset. */
  static isSearched(entity: Entity, field: string): boolean {
    return entity === 'assetTag' || (entity === 'asset' && searchedFields.has(field))
  }

  #createAsset(id: string, value: CellValue): CellWrite {
    const record = value as Row
    const existing = this.assetRow(id)
    if (existing !== undefined) return { before: undefined, assetRow: existing, membership: false }
    const columns = ['id', ...createColumns]
    const result = this.#get(
      `INSERT INTO assets(${columns.join(', ')}) VALUES (${columns.map((column) => `:${column}`).join(', ')})`,
    ).run({ id, ...pick(record, createColumns) })
    return { before: null, assetRow: Number(result.lastInsertRowid), membership: true }
  }

  #setAsset(id: string, field: string, value: CellValue, now: number): CellWrite {
    if (field === 'media') return this.#setMedia(id, value as Row, now)
    if (field === 'content') return this.#setContent(id, value as Row, now)
    if (!assetColumns.has(field)) throw new Error(`An asset has no cell "${field}"`)
    const row = this.#get(`SELECT row_id, ${field} AS value FROM assets WHERE id = ?`).get(id) as
      | { row_id: number; value: CellValue }
      | undefined
    if (row === undefined) return missing
    if (row.value !== value) {
      this.#get(`UPDATE assets SET ${field} = ?, updated_at = ? WHERE row_id = ?`).run(value, now, row.row_id)
    }
    return { before: row.value, assetRow: row.row_id, membership: true }
  }

  #setMedia(id: string, media: Row, now: number): CellWrite {
    const row = this.assetRow(id)
    if (row === undefined) return missing
    const assignments = mediaColumns.map((column) => `${column} = :${column}`).join(', ')
    this.#get(`UPDATE assets SET ${assignments}, updated_at = :now WHERE row_id = :row`).run({
      ...pick(media, mediaColumns),
      now,
      row,
    })
    const payload = media.generation_raw
    if (typeof payload === 'string') {
      this.#get('INSERT OR REPLACE INTO generation_payloads(asset_row, payload) VALUES (?, ?)').run(row, pack(payload))
    } else this.#get('DELETE FROM generation_payloads WHERE asset_row = ?').run(row)
    return { before: null, assetRow: row, membership: false }
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
    const { table, set } = tables[entity]
    if (!(set as ReadonlySet<string>).has(field)) throw new Error(`A ${entity} has no cell "${field}"`)
    const row = this.#get(`SELECT ${field} AS value FROM ${table} WHERE id = ?`).get(id) as
      | { value: CellValue }
      | undefined
    if (row === undefined) return missing
    if (row.value !== value) {
      const touch = entity === 'tag' ? '' : ', updated_at = :now'
      this.#get(`UPDATE ${table} SET ${field} = :value${touch} WHERE id = :id`).run(
        entity === 'tag' ? { value, id } : { value, id, now },
      )
    }
    return { before: row.value, assetRow: null, membership: true }
  }

  /** A link's value is `{ at, position }` while it stands, null when it does not. */
  #setLink(table: 'collection_assets' | 'asset_tags', owner: string, id: string, value: CellValue): CellWrite {
    const slash = id.indexOf('/')
    const ownerId = id.slice(0, slash)
    const row = this.assetRow(id.slice(slash + 1))
    if (row === undefined) return missing
    const ordered = table === 'collection_assets'
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
}

const missing: CellWrite = { before: undefined, assetRow: null, membership: false }

function pick(record: Row, columns: readonly string[]): Row {
  return Object.fromEntries(columns.map((column) => [column, record[column] ?? null]))
}
