import type { GenerationJob } from '../../../shared/domain/collection.ts'
import type { GenerationRequest, GenerationRequestId, RequestStatus } from '../../../shared/domain/generationRequest.ts'
import type { AssetId, CollectionId, RowId } from '../../../shared/domain/ids.ts'
import type { Placed } from '../../../shared/domain/manualOrder.ts'
import { requestState } from '../../../shared/domain/requestState.ts'
import { iso } from './assetRows.ts'
import type { Db } from './database.ts'
import type { GenerationJobsRepository } from './generationJobs.repository.ts'

export interface RequestPage {
  readonly limit: number
  /** The last one that is known; what follows is older. */
  readonly before?: Pick<GenerationRequest, 'id' | 'created_at'> | undefined
  readonly collectionId?: CollectionId | undefined
}

/** What people asked generators for. Deleted requests are only found by `isDeleted`. */
export interface GenerationRequestsRepository {
  /** The newest first. */
  list(page: RequestPage): readonly GenerationRequest[]
  get(id: GenerationRequestId): GenerationRequest | undefined
  /** Undefined for one that never was. */
  isDeleted(id: GenerationRequestId): boolean | undefined
  /** Those whose id begins with `prefix`, in the order of ids. */
  findByIdPrefix(
    prefix: string,
    limit: number,
  ): readonly { readonly id: GenerationRequestId; readonly prompt: string }[]
  jobs(id: GenerationRequestId): readonly GenerationJob[]
  /** Assets that came of it outside of Trash, the newest first, after the first `offset`. */
  outputs(id: GenerationRequestId, limit: number, offset: number): readonly RowId[]
  /** In their order, also those in Trash. */
  references(id: GenerationRequestId): readonly (Placed<AssetId> & { readonly addedAt: number })[]
  /** What an asset came of, and the newest requests that it is a reference of. */
  ofAsset(
    id: AssetId,
    limit: number,
  ): { readonly madeBy: GenerationRequestId | null; readonly usedBy: readonly GenerationRequestId[] }
}

type Row = Readonly<Record<string, string | number | null>>

/** Outputs that a list shows of each request. */
const NEWEST = 6

/**
 * An asset is an output of the request that it was given to by a person, else of the one that its job is a run of. Both
 * halves are answered from an index.
 */
const OUTPUTS = `SELECT row_id, imported_at FROM assets WHERE request_id = :id AND deleted_at IS NULL
  UNION ALL SELECT a.row_id, a.imported_at FROM generation_jobs j CROSS JOIN assets a ON a.job_id = j.id
  WHERE j.request_id = :id AND a.request_id IS NULL AND a.deleted_at IS NULL`

export function generationRequestsRepository(db: Db, jobs: GenerationJobsRepository): GenerationRequestsRepository {
  const select = `SELECT r.*, c.id AS collection FROM generation_requests r
    LEFT JOIN collections c ON c.id = r.collection_id AND c.deleted_at IS NULL WHERE r.deleted_at IS NULL`
  const before = 'AND (r.created_at, r.id) < (:at, :id) ORDER BY r.created_at DESC, r.id DESC LIMIT :limit'
  const list = db.prepare(`${select} ${before}`)
  const listOf = db.prepare(`${select} AND c.id = :collection ${before}`)
  const one = db.prepare(`${select} AND r.id = ?`)
  const deleted = db.prepare('SELECT deleted_at IS NOT NULL FROM generation_requests WHERE id = ?').pluck()
  const byPrefix = db.prepare(
    `SELECT id, user_prompt AS prompt FROM generation_requests
     WHERE id >= :prefix AND id < :prefix || '~' AND deleted_at IS NULL ORDER BY id LIMIT :limit`,
  )
  const references = db.prepare(
    `SELECT a.id AS key, a.row_id, a.deleted_at IS NOT NULL AS in_trash, x.position, x.added_at AS addedAt
     FROM request_references x JOIN assets a ON a.row_id = x.asset_row WHERE x.request_id = ? ORDER BY x.position, a.row_id`,
  )
  const attached = db.prepare('SELECT count(*) FROM assets WHERE request_id = ? AND deleted_at IS NULL').pluck()
  const outputCount = db.prepare(`SELECT count(*) FROM (${OUTPUTS})`).pluck()
  const outputs = db
    .prepare(`SELECT row_id FROM (${OUTPUTS}) ORDER BY imported_at DESC, row_id DESC LIMIT :limit OFFSET :offset`)
    .pluck()
  const madeBy = db
    .prepare(
      `SELECT r.id FROM assets a LEFT JOIN generation_jobs j ON j.id = a.job_id
       JOIN generation_requests r ON r.id = coalesce(a.request_id, j.request_id) AND r.deleted_at IS NULL WHERE a.id = ?`,
    )
    .pluck()
  const usedBy = db
    .prepare(
      `SELECT r.id FROM assets a JOIN request_references x ON x.asset_row = a.row_id
       JOIN generation_requests r ON r.id = x.request_id AND r.deleted_at IS NULL
       WHERE a.id = ? ORDER BY r.created_at DESC, r.id DESC LIMIT ?`,
    )
    .pluck()

  type Reference = { key: AssetId; row_id: RowId; in_trash: number; position: number; addedAt: number }
  const referencesOf = (id: string) => references.all(id) as Reference[]
  const describe = (row: Row): GenerationRequest => {
    const id = String(row.id)
    const runs = jobs.ofRequest(id as GenerationRequestId)
    return {
      id,
      collection_id: row.collection,
      user_prompt: row.user_prompt,
      input_metadata: JSON.parse(String(row.input_metadata)),
      ...requestState(row.status as RequestStatus, runs, Number(attached.get(id))),
      references: referencesOf(id).map(({ key, row_id, in_trash }) => ({ id: key, row_id, in_trash: in_trash === 1 })),
      job_count: runs.length,
      output_count: Number(outputCount.get({ id })),
      newest_outputs: outputs.all({ id, limit: NEWEST, offset: 0 }),
      created_at: iso(row.created_at),
      updated_at: iso(row.updated_at),
    } as GenerationRequest
  }

  return {
    list({ limit, before: last, collectionId }) {
      const at = last === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(last.created_at)
      const bound = { at, id: last?.id ?? '', limit }
      const rows = collectionId === undefined ? list.all(bound) : listOf.all({ ...bound, collection: collectionId })
      return (rows as Row[]).map(describe)
    },
    get(id) {
      const row = one.get(id) as Row | undefined
      return row === undefined ? undefined : describe(row)
    },
    isDeleted(id) {
      const found = deleted.get(id) as number | undefined
      return found === undefined ? undefined : found === 1
    },
    findByIdPrefix: (prefix, limit) => byPrefix.all({ prefix, limit }) as { id: GenerationRequestId; prompt: string }[],
    jobs: (id) => jobs.ofRequest(id),
    outputs: (id, limit, offset) => outputs.all({ id, limit, offset }) as RowId[],
    references: (id) => referencesOf(id).map(({ key, position, addedAt }) => ({ key, position, addedAt })),
    ofAsset: (id, limit) => ({
      madeBy: (madeBy.get(id) as GenerationRequestId | undefined) ?? null,
      usedBy: usedBy.all(id, limit) as GenerationRequestId[],
    }),
  }
}
