import {
  assetColumns,
  contentColumns,
  createColumns,
  links,
  mediaColumns,
  tables,
  versionColumns,
  versionFields,
} from '../cellColumns.ts'
import { type Db, type Statement, statementCache } from '../database.ts'
import { unpack } from '../generationPayload.ts'
import type { CellValue } from '../journal/operation.ts'

type Row = Record<string, string | number | null>

/** Reads cells as operations carry them. Undefined for a cell whose entity does not exist. */
export class CellReader {
  readonly #get: (sql: string) => Statement

  constructor(db: Db) {
    this.#get = statementCache(db)
  }

  read(entity: string, id: string, field: string): CellValue | undefined {
    switch (entity) {
      case 'asset':
        return this.#asset(id, field)
      case 'assetVersion':
        return field === '' ? this.#version(id) : this.#column('asset_versions', versionFields, id, field)
      case 'membership':
      case 'assetTag':
      case 'requestReference':
        return this.#link(entity, id, field)
      case 'collection':
      case 'tag':
      case 'generationRequest':
      case 'generationJob':
        return this.#column(tables[entity].table, tables[entity].set, id, field)
      case 'librarySetting':
        return (
          (this.#get('SELECT value FROM library_settings WHERE key = ?').get(id) as { value: string } | undefined)
            ?.value ?? null
        )
      default:
        return undefined
    }
  }

  #asset(id: string, field: string): CellValue | undefined {
    if (field === '') return this.#columns(id, createColumns)
    if (field === 'content') return this.#columns(id, contentColumns)
    if (field === 'media') {
      const media = this.#columns(id, mediaColumns)
      const packed = this.#get(
        'SELECT p.payload FROM generation_payloads p JOIN assets a ON a.row_id = p.asset_row WHERE a.id = ?',
      ).get(id) as { payload: Uint8Array } | undefined
      return media === undefined || packed === undefined
        ? media
        : { ...media, generation_raw: JSON.stringify(unpack(packed.payload)) }
    }
    return this.#column('assets', assetColumns, id, field)
  }

  #columns(id: string, columns: readonly string[]): Row | undefined {
    return this.#get(`SELECT ${columns.join(', ')} FROM assets WHERE id = ?`).get(id) as Row | undefined
  }

  #version(id: string): CellValue | undefined {
    return this.#get(
      `SELECT a.id AS asset_id, ${versionColumns.map((column) => `v.${column}`).join(', ')}
       FROM asset_versions v JOIN assets a ON a.row_id = v.asset_row WHERE v.id = ?`,
    ).get(id) as Row | undefined
  }

  #link(entity: keyof typeof links, id: string, field: string): CellValue | undefined {
    const { table, owner, ordered } = links[entity]
    const slash = id.indexOf('/')
    const row = this.#get(
      `SELECT x.added_at AS at${ordered ? ', x.position' : ''} FROM ${table} x JOIN assets a ON a.row_id = x.asset_row
       WHERE x.${owner} = ? AND a.id = ?`,
    ).get(id.slice(0, slash), id.slice(slash + 1)) as Row | undefined
    if (field === 'in') return row ?? null
    return row?.position
  }

  #column(table: string, known: ReadonlySet<string>, id: string, field: string): CellValue | undefined {
    if (!known.has(field)) return undefined
    const row = this.#get(`SELECT ${field} AS value FROM ${table} WHERE id = ?`).get(id) as
      | { value: CellValue }
      | undefined
    return row?.value
  }
}
