import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { CheckpointManifest, ShardEntry } from '../../catalog/sync/state/checkpointManifest.ts'
import { areUsable, unpackShard } from '../../catalog/sync/state/packShard.ts'
import type { Frontier } from '../../catalog/sync/state/stateLine.ts'
import { CHECKPOINT_FILE, CHECKPOINT_FOLDER, shardFile } from '../../catalog/sync/state/storedCheckpoint.ts'
import { fileError } from '../../disk/fileError.ts'
import { makeFolder } from '../../disk/makeFolder.ts'
import { writeFileDurably } from '../../disk/writeFileDurably.ts'
import type { ObjectStore } from '../../ports.ts'
import { type Owner, shardKey } from '../objectKeys.ts'
import { type CheckpointRefusal, listCheckpoints, readAtMost, readCheckpoint } from './readCheckpoints.ts'

/** Of one packed shard. Our own have some hundred kilobytes. */
const LARGEST_PACKED = 32 * 1024 * 1024
/** So many of the newest are tried before the logs are read instead. */
const MOST_TRIED = 5
const AT_ONCE = 4

export interface FetchCheckpointOptions {
  readonly store: Pick<ObjectStore, 'get' | 'list'>
  readonly owner: Owner
  /** Folder of the journal of a library that has no catalogue yet. */
  readonly journal: string
  readonly onProgress?: ((done: number, total: number) => void) | undefined
}

export interface FetchedCheckpoint {
  /** Null if there is none that can be used: all is in the logs, too. */
  readonly checkpoint: CheckpointManifest | null
  readonly refused: readonly CheckpointRefusal[]
}

/**
 * Brings the newest checkpoint that is sound into the folder of the journal, from which the catalogue is then made. All of it
 * is looked at before: hashes, sizes, and every line. What an earlier attempt has brought is not fetched again. Throws what
 * the store says, and what the disk does.
 */
export async function fetchCheckpoint(options: FetchCheckpointOptions): Promise<FetchedCheckpoint> {
  const { store, owner, journal } = options
  const refused: CheckpointRefusal[] = []
  for (const { id } of (await listCheckpoints(store, owner)).slice(0, MOST_TRIED)) {
    const manifest = await readCheckpoint(store, owner, id)
    if ('problem' in manifest) {
      refused.push(manifest)
      continue
    }
    const problem = await fetchShards(options, manifest)
    if (problem !== null) {
      refused.push({ id, problem })
      continue
    }
    const folder = join(journal, CHECKPOINT_FOLDER)
    const wanted = new Set(manifest.shards.map(({ sha256 }) => shardFile(sha256)))
    makeFolder(folder)
    for (const name of readdirSync(folder)) if (!wanted.has(name)) rmSync(join(folder, name), { recursive: true })
    writeFileDurably(join(folder, CHECKPOINT_FILE), `${JSON.stringify(manifest)}\n`)
    return { checkpoint: manifest, refused }
  }
  return { checkpoint: null, refused }
}

async function fetchShards(
  options: FetchCheckpointOptions,
  { shards, frontier: devices }: CheckpointManifest,
): Promise<CheckpointRefusal['problem'] | null> {
  const frontier: Frontier = Object.fromEntries(Object.entries(devices).map(([device, { seq }]) => [device, seq]))
  const waiting = [...shards]
  let done = 0
  let problem: CheckpointRefusal['problem'] | null = null
  const work = async (): Promise<void> => {
    for (let entry = waiting.shift(); entry !== undefined && problem === null; entry = waiting.shift()) {
      const found = await fetchShard(options, entry, frontier)
      problem ??= found
      options.onProgress?.(++done, shards.length)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return problem
}

async function fetchShard(
  { store, owner, journal }: FetchCheckpointOptions,
  entry: ShardEntry,
  frontier: Frontier,
): Promise<CheckpointRefusal['problem'] | null> {
  const file = join(journal, CHECKPOINT_FOLDER, shardFile(entry.sha256))
  const here = existsSync(file) ? await unpackShard(readFileSync(file), entry) : null
  if (here !== null) return areUsable(entry, here, frontier) ? null : 'damaged'
  const bytes = await readAtMost(store, shardKey(owner, entry.sha256), LARGEST_PACKED)
  if (typeof bytes === 'string') return bytes
  const lines = await unpackShard(bytes, entry)
  if (lines === null || !areUsable(entry, lines, frontier)) return 'damaged'
  try {
    makeFolder(join(journal, CHECKPOINT_FOLDER))
    writeFileDurably(file, bytes)
  } catch (error) {
    throw fileError(error, file)
  }
  return null
}
