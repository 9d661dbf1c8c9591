import type { GenerationJob } from '../../../shared/domain/collection.ts'
import type { GenerationRequestId } from '../../../shared/domain/generationRequest.ts'
import type { GenerationJobId, LibraryId } from '../../../shared/domain/ids.ts'
import { iso } from './assetRows.ts'
import type { Db } from './database.ts'
import { derivedId } from './derivedId.ts'
import type { Mutations } from './mutations.ts'

export interface RunningJob extends Pick<GenerationJob, 'id' | 'folder' | 'counts'> {}

export interface GenerationJobsRepository {
  /** The one that changed last first, after `before` if that is given. Without a page, a thousand. */
  list(page?: {
    readonly limit: number
    readonly before?: Pick<GenerationJob, 'id' | 'updated_at'> | undefined
  }): readonly GenerationJob[]
  /** The runs of a request, the oldest first. */
  ofRequest(id: GenerationRequestId): readonly GenerationJob[]
  get(id: GenerationJobId): GenerationJob | undefined
  running(): readonly RunningJob[]
  /**
   * The job of a drop subfolder, made if there is none; it runs from now on. A new one whose name ends in the id of a
   * request is a run of that.
   */
  ensure(folder: string, now: number): GenerationJobId
  /** Writes down that it is complete, or failed with the reason if nothing of it could be taken in. */
  finish(job: RunningJob, now: number): void
}

type Row = Readonly<Record<string, string | number | null>>

/** Jobs of one answer unless it is said how many. */
const PAGE = 1000

/** The id of a request at the end of a folder's name, as a word of its own. */
const NAMED_REQUEST = /(?:^|[^0-9a-z])([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** Generation jobs: batches of files that a generator writes into one subfolder of the drop folder. */
export function generationJobsRepository(db: Db, mutations: Mutations, library: LibraryId): GenerationJobsRepository {
  const select = `SELECT j.*, (SELECT id FROM generation_requests r WHERE r.id = j.request_id AND r.deleted_at IS NULL) AS request
    FROM generation_jobs j`
  const page = db.prepare(
    `${select} WHERE (j.updated_at, j.id) < (:at, :id) ORDER BY j.updated_at DESC, j.id DESC LIMIT :limit`,
  )
  const ofRequest = db.prepare(`${select} WHERE j.request_id = ? ORDER BY j.created_at, j.id`)
  const running = db.prepare(`${select} WHERE j.status = 'running'`)
  const byFolder = db.prepare('SELECT id, status FROM generation_jobs WHERE folder = ?')
  const byId = db.prepare(`${select} WHERE j.id = ?`)
  const liveRequest = db.prepare('SELECT id FROM generation_requests WHERE id = ? AND deleted_at IS NULL').pluck()
  const counted = countFiles(db)
  const failure = db
    .prepare(
      `SELECT message FROM import_items WHERE job = :folder AND state = 'failed'
       UNION ALL SELECT message FROM workspace_objects WHERE job = :folder AND state = 'refused'
       UNION ALL SELECT error_message FROM assets WHERE job_id = :id AND status IN ('error', 'quarantined', 'missing') LIMIT 1`,
    )
    .pluck()
  const toJob = (row: Row): GenerationJob => describe(row, counted(String(row.id), String(row.folder)))

  return {
    list({ limit, before } = { limit: PAGE }) {
      const at = before === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(before.updated_at)
      return (page.all({ at, id: before?.id ?? '', limit }) as Row[]).map(toJob)
    },
    ofRequest: (id) => (ofRequest.all(id) as Row[]).map(toJob),
    get(id) {
      const row = byId.get(id) as Row | undefined
      return row === undefined ? undefined : toJob(row)
    },
    running: () =>
      (running.all() as Row[]).map(toJob).map(({ id, folder, counts }): RunningJob => ({ id, folder, counts })),
    ensure(folder, now): GenerationJobId {
      const known = byFolder.get(folder) as { id: GenerationJobId; status: string } | undefined
      if (known?.status === 'running') return known.id
      const id = known?.id ?? (derivedId(library, 'generation-job', folder) as GenerationJobId)
      mutations.run({ kind: 'job', label: () => `Job “${folder}”`, undoable: false, now }, (writer) => {
        if (known === undefined) {
          writer.set('generationJob', id, '', { folder, status: 'running', created_at: now, updated_at: now })
          const named = NAMED_REQUEST.exec(folder.toLowerCase())?.[1]
          const request = named === undefined ? undefined : (liveRequest.get(named) as string | undefined)
          if (request !== undefined) writer.set('generationJob', id, 'request_id', request)
        } else {
          writer.set('generationJob', id, 'status', 'running')
          writer.set('generationJob', id, 'error', null)
        }
      })
      return id
    },
    finish({ id, folder, counts }, now): void {
      const failed = counts.imported === 0 && counts.failed > 0
      const label = (): string => `Job “${folder}” ${failed ? 'failed' : 'is complete'}`
      const reason = failed ? String(failure.get({ id, folder }) ?? '') : null
      mutations.run({ kind: 'job', label, undoable: false, now, recordChanges: false }, (writer) => {
        writer.set('generationJob', id, 'status', failed ? 'failed' : 'completed')
        writer.set('generationJob', id, 'progress', 1)
        writer.set('generationJob', id, 'error', reason)
      })
    },
  }
}

interface FileCounts {
  readonly taken: number
  readonly inWorkspace: number
  readonly reading: number
  readonly unreadable: number
  readonly waiting: number
  readonly failed: number
  /** Of a bucket: objects that are not here yet, and those that were refused. */
  readonly awaited: number
  readonly refused: number
}

/**
 * Counts the files of a job from indexes alone. A file counts as what it was when it was last tried: one that failed may
 * have been mended since.
 */
function countFiles(db: Db): (id: string, folder: string) => FileCounts {
  const assets = db.prepare(
    `SELECT count(*) AS taken, total(space = 'workspace' AND deleted_at IS NULL) AS inWorkspace,
       total(status IN ('pending', 'processing')) AS reading, total(status IN ('error', 'quarantined', 'missing')) AS unreadable
     FROM assets WHERE job_id = ?`,
  )
  // The condition is written as that of the index, or it would not be used.
  const items = db.prepare(
    `SELECT total(state = 'pending') AS waiting, total(state = 'failed' AND NOT EXISTS (
         SELECT 1 FROM import_items n WHERE n.job = i.job AND n.path = i.path AND n.item_id > i.item_id)) AS failed
     FROM import_items i INDEXED BY import_items_job_open WHERE i.job = ? AND i.state IN ('pending', 'failed')`,
  )
  const objects = db.prepare(
    `SELECT total(state = 'waiting') AS awaited, total(state = 'refused') AS refused
     FROM workspace_objects INDEXED BY workspace_objects_job WHERE job = ? AND state IN ('waiting', 'refused')`,
  )
  return (id, folder) => ({
    ...(assets.get(id) as FileCounts),
    ...(items.get(folder) as FileCounts),
    ...(objects.get(folder) as FileCounts),
  })
}

function describe(row: Row, files: FileCounts): GenerationJob {
  const counts = {
    imported: files.taken - files.reading - files.unreadable,
    processing: files.reading + files.waiting + files.awaited,
    failed: files.unreadable + files.failed + files.refused,
  }
  const known = counts.imported + counts.processing + counts.failed
  return {
    id: row.id,
    folder: row.folder,
    request_id: row.request,
    status: row.status,
    progress: row.status !== 'running' ? row.progress : known === 0 ? 0 : (known - counts.processing) / known,
    counts,
    error: row.error,
    asset_count: files.inWorkspace,
    created_at: iso(row.created_at),
    updated_at: iso(row.updated_at),
  } as GenerationJob
}
