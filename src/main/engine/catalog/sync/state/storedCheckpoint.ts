import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Db } from '../../database.ts'
import { inBulk } from './bulkLoad.ts'
import { type CheckpointManifest, parseCheckpoint } from './checkpointManifest.ts'
import { StateRefused, stateLoader } from './loadState.ts'
import { unpackShardSync } from './packShard.ts'

/** Where a device keeps the checkpoint that it began with, below the folder of the journal. */
export const CHECKPOINT_FOLDER = 'checkpoint'
/** Written last: with it the checkpoint is whole. */
export const CHECKPOINT_FILE = 'checkpoint.json'

/** From so many on, what can be made of all at once is made when all is loaded. */
const MANY_ASSETS = 1000

/** The file of a shard in that folder. */
export function shardFile(sha256: string): string {
  return `${sha256}.ndjson.gz`
}

/** The checkpoint that this copy of the library began with: its log of others begins behind it. Null if there is none, or none that can be read. */
export function storedCheckpoint(journal: string, library?: string): CheckpointManifest | null {
  const file = join(journal, CHECKPOINT_FOLDER, CHECKPOINT_FILE)
  if (!existsSync(file)) return null
  const found = parseCheckpoint(readFileSync(file))
  return found !== null && (library === undefined || found.library === library) ? found : null
}

/**
 * Fills an empty catalogue from that checkpoint. Throws `StateRefused` where it turns out not to be usable after all.
 */
export function loadStoredCheckpoint(
  db: Db,
  journal: string,
  checkpoint: CheckpointManifest,
  { now, isHere }: { readonly now: () => number; readonly isHere: (path: string) => boolean },
  onShard: () => void,
): void {
  const loader = stateLoader(db, checkpoint.frontier, isHere)
  const load = (): void => {
    for (const entry of checkpoint.shards) {
      const file = join(journal, CHECKPOINT_FOLDER, shardFile(entry.sha256))
      const lines = existsSync(file) ? unpackShardSync(readFileSync(file), entry) : null
      if (lines === null) throw new StateRefused('A shard is missing or damaged')
      loader.load(entry.kind, lines, now())
      onShard()
    }
  }
  const assets = checkpoint.shards.reduce((sum, { kind, lines }) => sum + (kind === 'asset' ? lines : 0), 0)
  try {
    if (assets >= MANY_ASSETS) inBulk(db, load, () => loader.finish())
    else {
      load()
      loader.finish()
    }
  } catch (error) {
    // What SQLite does not take is nothing that another catalogue held.
    if (isConstraint(error)) throw new StateRefused('A row contradicts another', { cause: error })
    throw error
  }
}

function isConstraint(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false
  const code = String(error.code)
  return code.startsWith('SQLITE_CONSTRAINT') || code === 'SQLITE_MISMATCH'
}
