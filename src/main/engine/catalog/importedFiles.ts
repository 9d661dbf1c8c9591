import type { GenerationRecord } from '../../../shared/domain/generation.ts'
import type { AssetId } from '../../../shared/domain/ids.ts'
import type { MediaFacts } from '../ports.ts'
import { adoptObject } from './adoptedObjects.repository.ts'
import type { ImportedFile, MediaRecord, RegisterOutcome, StoredAsset } from './assetRecords.ts'
import { type Db, statementCache } from './database.ts'
import { addSidecars, claimSidecars } from './importedSidecars.ts'
import type { CellValue } from './journal/operation.ts'
import type { Mutations, MutationWriter } from './mutations.ts'
import { sidecarsCell } from './sidecarsCell.ts'
import { thumbnailPath } from './thumbnailPath.ts'

/**
 * Writes assets for files that stand in their place: row, activity, journal, media job and the import's own item, all
 * in one transaction. Bytes that are an asset already make no second one, unless `another` says so; if that asset is in
 * Trash it comes back, because a person who brings a file again wants to see it.
 */
export function registerFiles(
  db: Db,
  mutations: Mutations,
  owner: string,
  files: readonly ImportedFile[],
  findByHash: (sha256: string) => StoredAsset | undefined,
): readonly RegisterOutcome[] {
  const outcomes: RegisterOutcome[] = []
  const statement = statementCache(db)
  const settle = statement(
    'UPDATE import_items SET state = ?, asset_id = ?, code = ?, message = ?, details = NULL WHERE item_id = ?',
  )
  const enqueue = statement(
    "INSERT OR REPLACE INTO queue(kind, key, payload, priority, run_at) VALUES ('media', ?, ?, 0, ?)",
  )
  for (const [key, group] of groupByImport(files)) {
    const now = Math.max(...group.map((file) => file.importedAt))
    mutations.run(
      {
        kind: 'import',
        label: (count) => `Imported ${count} ${count === 1 ? 'file' : 'files'}`,
        undoable: false,
        now,
        ...(key === '' ? {} : { groupId: key }),
      },
      (writer) => {
        for (const file of group) {
          const existing = file.another ? undefined : findByHash(file.sha256)
          const outcome = existing === undefined ? create(writer, owner, file) : bringBack(writer, file, existing)
          outcomes.push(outcome)
          const id = outcome.kind === 'registered' ? outcome.id : outcome.of
          if (existing !== undefined && addSidecars(writer, existing, file.sidecars ?? [])) enqueue.run(id, 'null', now)
          claimSidecars(db, file, id)
          if (file.object !== undefined) {
            adoptObject(db, writer, { id, sha256: file.sha256 }, file.object, isPassing(file, outcome))
          }
          if (existing === undefined) enqueue.run(file.id, file.drawLater === true ? '"facts"' : 'null', now)
          if (file.importItem !== null) {
            const imported = outcome.kind === 'registered'
            const { code = null, message = null } = file.notice ?? {}
            settle.run(imported ? 'imported' : 'duplicate', id, code, message, file.importItem.itemId)
          }
        }
      },
    )
  }
  return inOrder(files, outcomes)
}

/** An original that was placed for it goes again; one that was here before stays. */
function isPassing({ object, restored }: ImportedFile, outcome: RegisterOutcome): boolean {
  return object?.keep === false && (outcome.kind === 'registered' || restored === true)
}

function create(writer: MutationWriter, owner: string, file: ImportedFile): RegisterOutcome {
  writer.set('asset', file.id, '', {
    owner_id: owner,
    space: file.space,
    status: 'processing',
    asset_type: file.assetType,
    file_name: file.fileName,
    extension: file.extension,
    mime_type: file.mimeType,
    file_size_bytes: file.fileSizeBytes,
    sha256: file.sha256,
    storage_path: file.storagePath,
    job_id: file.jobId,
    source_path: file.sourcePath,
    created_at: file.createdAt,
    updated_at: file.importedAt,
    imported_at: file.importedAt,
    expires_at: file.expiresAt,
    ...(file.sidecars ? { sidecars: sidecarsCell(file.sidecars) } : {}),
  })
  if (file.sourceUrl !== undefined) writer.set('asset', file.id, 'source_url', file.sourceUrl)
  const rowId = writer.assetRow(file.id)
  if (rowId === undefined) throw new Error('An asset that was just made has no row')
  addToCollection(writer, file, file.id)
  return { kind: 'registered', id: file.id, rowId }
}

function bringBack(writer: MutationWriter, file: ImportedFile, existing: StoredAsset): RegisterOutcome {
  if (existing.deletedAt === null) {
    addToCollection(writer, file, existing.id)
    return { kind: 'duplicate', of: existing.id }
  }
  writer.set('asset', existing.id, 'deleted_at', null)
  writer.set('asset', existing.id, 'expires_at', null)
  writer.set('asset', existing.id, 'space', file.space)
  writer.set('asset', existing.id, 'expires_at', file.expiresAt)
  writer.set('asset', existing.id, 'imported_at', file.importedAt)
  writer.set('asset', existing.id, 'storage_path', file.storagePath)
  if (file.jobId !== null) writer.set('asset', existing.id, 'job_id', file.jobId)
  addToCollection(writer, file, existing.id)
  return { kind: 'registered', id: existing.id, rowId: existing.rowId }
}

function addToCollection(writer: MutationWriter, file: ImportedFile, id: AssetId): void {
  if (file.collectionId === null || file.space !== 'library') return
  const link = { at: file.importedAt, position: file.importedAt }
  writer.set('membership', `${file.collectionId}/${id}`, 'in', link)
}

/** Writes what decoders found, as one composite cell an asset, and queues films whose poster a window is to make. */
export function recordMedia(db: Db, mutations: Mutations, records: readonly MediaRecord[], now: number): void {
  const statement = statementCache(db)
  const stored = statement('SELECT sha256 FROM assets WHERE id = ?')
  // The newest first: priority is the second in which the file was imported.
  const wantPoster = statement(
    `INSERT INTO queue(kind, key, payload, priority, run_at) SELECT 'poster', id, 'null', imported_at / 1000, :now FROM assets WHERE id = :id
     ON CONFLICT(kind, key) DO UPDATE SET run_at = excluded.run_at, attempts = 0 WHERE leased = 0`,
  )
  mutations.run(
    {
      kind: 'media',
      label: (count) => `Read ${count} ${count === 1 ? 'file' : 'files'}`,
      undoable: false,
      now,
      recordChanges: false,
      durable: false,
      groupId: 'media',
    },
    (writer) => {
      for (const record of records) {
        const asset = stored.get(record.assetId) as { sha256: string } | undefined
        if (asset === undefined) continue
        writer.set('asset', record.assetId, 'media', mediaCell(record, asset.sha256))
        if (record.ok && record.facts.metadata.poster === 'wanted') wantPoster.run({ id: record.assetId, now })
      }
    },
  )
}

function mediaCell(record: MediaRecord, sha256: string): CellValue {
  const problem = record.ok ? record.facts.noThumbnail : { code: record.code, message: record.message }
  return {
    ...(record.facts === null ? noFacts : factColumns(record.facts, sha256)),
    status: record.ok ? 'available' : record.status,
    error_code: problem?.code ?? null,
    error_message: problem?.message ?? null,
  }
}

const noFacts = { aspect: 1, dominant_colors: '[]', metadata: '{}' }

function factColumns(facts: MediaFacts, sha256: string): Record<string, string | number | null> {
  const largest = facts.thumbnails.at(-1)
  return {
    thumbnail_path: largest === undefined ? null : thumbnailPath(sha256, largest),
    width: facts.width,
    height: facts.height,
    aspect: facts.width !== null && facts.height !== null ? facts.width / facts.height : 1,
    duration_seconds: facts.durationSeconds,
    thumbhash: facts.thumbhash,
    dominant_colors: JSON.stringify(facts.dominantColors),
    phash: facts.perceptualHash,
    metadata: JSON.stringify(facts.frames === null ? facts.metadata : { ...facts.metadata, frames: facts.frames }),
    captured_at: facts.capturedAt,
    gps: facts.gps === null ? null : JSON.stringify(facts.gps),
    ...generationColumns(facts.generation),
  }
}

function generationColumns(record: GenerationRecord | null): Record<string, string | null> {
  if (record === null) return {}
  const { raw, ...generation } = record
  return {
    original_prompt: generation.prompt,
    negative_prompt: generation.negative_prompt,
    model_used: generation.model,
    generation_seed: generation.seed,
    generator: generation.generator,
    generation: JSON.stringify(generation),
    generation_raw: JSON.stringify(raw),
  }
}

/** Each import is one line of the history, so its files are written together. */
function groupByImport(files: readonly ImportedFile[]): Map<string, ImportedFile[]> {
  const groups = new Map<string, ImportedFile[]>()
  for (const file of files) {
    const key = file.importItem?.importId ?? ''
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [file])
    else group.push(file)
  }
  return groups
}

function inOrder(files: readonly ImportedFile[], grouped: readonly RegisterOutcome[]): readonly RegisterOutcome[] {
  const byFile = new Map<ImportedFile, RegisterOutcome>()
  let index = 0
  for (const group of groupByImport(files).values()) {
    for (const file of group) {
      const outcome = grouped[index++]
      if (outcome !== undefined) byFile.set(file, outcome)
    }
  }
  return files.flatMap((file) => byFile.get(file) ?? [])
}
