import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { assetTypeSchema } from '../../../../shared/domain/asset.ts'
import { sha256Schema } from '../../../../shared/domain/ids.ts'
import { openForReading } from '../../catalog/database.ts'
import type { CellValue } from '../../catalog/journal/operation.ts'
import type { CheckpointManifest, ShardEntry } from '../../catalog/sync/state/checkpointManifest.ts'
import { cutShards } from '../../catalog/sync/state/cutShards.ts'
import { packShard, shardEntry } from '../../catalog/sync/state/packShard.ts'
import { readState } from '../../catalog/sync/state/readState.ts'
import { readFrontier } from '../../catalog/sync/state/stateSnapshot.ts'
import { shardFile } from '../../catalog/sync/state/storedCheckpoint.ts'
import { storedPath } from '../objectKeys.ts'

/** What a dump is made of; plain, so that it can be sent to a thread. */
export interface DumpRequest {
  /** Path of the catalogue. */
  readonly file: string
  readonly journal: string
  readonly self: string
  readonly remote: string
  /** Where packed shards are put, each under its hash. */
  readonly folder: string
  /** Hashes of shards that need not be packed, as the bucket has them. */
  readonly known: readonly string[]
}
export interface DumpedState {
  readonly frontier: CheckpointManifest['frontier']
  readonly shards: readonly ShardEntry[]
}

/**
 * Writes what the logs have left in a catalogue into a folder, in shards, out of one snapshot. Null, and nothing to be used
 * in the folder, while that snapshot is no state that can be named. Takes seconds for a hundred thousand assets.
 */
export function dumpState({ file, journal, self, remote, folder, known }: DumpRequest): DumpedState | null {
  const db = openForReading(file)
  try {
    db.exec('BEGIN')
    const frontier = readFrontier({ db, self, remote, journal })
    if (frontier === null) return null
    mkdirSync(folder, { recursive: true })
    const have = new Set(known)
    const shards: ShardEntry[] = []
    for (const shard of cutShards(readState({ db, self, remote, publishedPath }))) {
      const entry = shardEntry(shard)
      if (!have.has(entry.sha256)) writeFileSync(join(folder, shardFile(entry.sha256)), packShard(shard))
      shards.push(entry)
    }
    return { frontier: frontier as DumpedState['frontier'], shards }
  } finally {
    db.close()
  }
}

/** The place of a file that is linked in place, as `withoutOwnPaths` tells it. */
function publishedPath(row: Readonly<Record<string, CellValue>>): string {
  const time = typeof row.imported_at === 'number' ? row.imported_at : Number(row.created_at)
  return storedPath({
    storagePath: '',
    assetType: assetTypeSchema.parse(row.asset_type),
    fileName: String(row.file_name),
    sha256: sha256Schema.parse(row.sha256),
    importedAt: time,
  })
}
