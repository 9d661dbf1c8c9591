import type { GenerationJob } from '../../../shared/domain/collection.ts'
import type { GenerationJobId, LibraryId } from '../../../shared/domain/ids.ts'
import { iso } from './assetRows.ts'
import type { GenerationJobsRepository, RunningJob } from './catalog.ts'
import type { Db } from './database.ts'
import { derivedId } from './derivedId.ts'
import type { Mutations } from './mutations.ts'

type Row = Record<string, string | number | null>

/** A file counts as what it was when it was last tried: one that failed may have been mended since. */
const SELECT = `SELECT j.*,
    (SELECT count(*) FROM assets a WHERE a.job_id = j.id AND a.space = 'workspace' AND a.deleted_at IS NULL) AS asset_count,
    (SELECT count(*) FROM assets a WHERE a.job_id = j.id) AS taken,
    (SELECT count(*) FROM assets a WHERE a.job_id = j.id AND a.status IN ('pending', 'processing')) AS reading,
    (SELECT count(*) FROM assets a WHERE a.job_id = j.id AND a.status IN ('error', 'quarantined', 'missing')) AS unreadable,
    (SELECT count(*) FROM import_items i WHERE i.job = j.folder AND i.state = 'pending') AS waiting,
    (SELECT count(*) FROM import_items i WHERE i.job = j.folder AND i.state = 'failed' AND NOT EXISTS (
      SELECT 1 FROM import_items n WHERE n.job = i.job AND n.path = i.path AND n.item_id > i.item_id)) AS failed
  FROM generation_jobs j`

/** Generation jobs: batches of files that a generator writes into one subfolder of the drop folder. */
export function generationJobsRepository(db: Db, mutations: Mutations, library: LibraryId): GenerationJobsRepository {
  const all = db.prepare(`${SELECT} ORDER BY j.updated_at DESC, j.id`)
  const running = db.prepare(`${SELECT} WHERE j.status = 'running'`)
  const byFolder = db.prepare('SELECT id, status FROM generation_jobs WHERE folder = ?')
  const failure = db
    .prepare(
      `SELECT message FROM import_items WHERE job = :folder AND state = 'failed'
       UNION ALL SELECT error_message FROM assets WHERE job_id = :id AND status IN ('error', 'quarantined', 'missing') LIMIT 1`,
    )
    .pluck()

  return {
    list: () => (all.all() as Row[]).map(toJob),
    running: () =>
      (running.all() as Row[]).map((row) => ({ id: row.id, folder: row.folder, counts: countsOf(row) }) as RunningJob),
    ensure(folder, now): GenerationJobId {
      const known = byFolder.get(folder) as { id: GenerationJobId; status: string } | undefined
      if (known?.status === 'running') return known.id
      const id = known?.id ?? (derivedId(library, 'generation-job', folder) as GenerationJobId)
      mutations.run({ kind: 'job', label: () => `Job “${folder}”`, undoable: false, now }, (writer) => {
        if (known === undefined) {
          writer.set('generationJob', id, '', { folder, status: 'running', created_at: now, updated_at: now })
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

function countsOf(row: Row): GenerationJob['counts'] {
  const [reading, unreadable] = [Number(row.reading), Number(row.unreadable)]
  return {
    imported: Number(row.taken) - reading - unreadable,
    processing: reading + Number(row.waiting),
    failed: unreadable + Number(row.failed),
  }
}

function toJob(row: Row): GenerationJob {
  const counts = countsOf(row)
  const known = counts.imported + counts.processing + counts.failed
  return {
    id: row.id,
    folder: row.folder,
    status: row.status,
    progress: row.status !== 'running' ? row.progress : known === 0 ? 0 : (known - counts.processing) / known,
    counts,
    error: row.error,
    asset_count: row.asset_count,
    created_at: iso(row.created_at),
    updated_at: iso(row.updated_at),
  } as GenerationJob
}
