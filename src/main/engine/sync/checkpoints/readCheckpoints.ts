import { VitrineError } from '../../../../shared/contract/errors.ts'
import {
  type CheckpointManifest,
  LARGEST_CHECKPOINT,
  parseCheckpoint,
} from '../../catalog/sync/state/checkpointManifest.ts'
import type { ObjectStore } from '../../ports.ts'
import { checkpointKey, checkpointOfKey, checkpointsPrefix, type Owner } from '../objectKeys.ts'

/** More than these nobody keeps. */
const MOST_LISTED = 1000

export interface ListedCheckpoint {
  readonly id: string
  /** By the clock of the store, ms; 0 where it does not tell. */
  readonly at: number
}

/** Checkpoints of a library, the newest first. Keys that are none are left out. */
export async function listCheckpoints(store: Pick<ObjectStore, 'list'>, owner: Owner): Promise<ListedCheckpoint[]> {
  const found: ListedCheckpoint[] = []
  let looked = 0
  for await (const { key, modifiedAt } of store.list(checkpointsPrefix(owner))) {
    const id = checkpointOfKey(owner, key)
    if (id !== null) found.push({ id, at: modifiedAt ?? 0 })
    if (++looked >= MOST_LISTED) break
  }
  return found.sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1))
}

/** Why a checkpoint is not used. */
export interface CheckpointRefusal {
  readonly id: string
  readonly problem: 'missing' | 'too_large' | 'damaged' | 'other_library'
}

/** Reads one manifest, or says why it is not used. Throws what else the store says. */
export async function readCheckpoint(
  store: Pick<ObjectStore, 'get'>,
  owner: Owner,
  id: string,
): Promise<CheckpointManifest | CheckpointRefusal> {
  const bytes = await readAtMost(store, checkpointKey(owner, id), LARGEST_CHECKPOINT)
  if (typeof bytes === 'string') return { id, problem: bytes }
  const manifest = parseCheckpoint(bytes)
  if (manifest === null || manifest.id !== id) return { id, problem: 'damaged' }
  return manifest.library === owner ? manifest : { id, problem: 'other_library' }
}

/** An object, or what is wrong with it. */
export async function readAtMost(
  store: Pick<ObjectStore, 'get'>,
  key: string,
  most: number,
): Promise<Buffer | 'missing' | 'too_large' | 'damaged'> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of await store.get(key)) {
      size += chunk.length
      if (size > most) return 'too_large'
      chunks.push(chunk)
    }
  } catch (error) {
    if (error instanceof VitrineError && error.code === 'not_found') return 'missing'
    if (error instanceof VitrineError && error.code === 'remote_checksum') return 'damaged'
    throw error
  }
  return Buffer.concat(chunks)
}
