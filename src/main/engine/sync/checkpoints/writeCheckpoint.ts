import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { RemoteId } from '../../../../shared/domain/ids.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { segmentName } from '../../catalog/journal/segment.ts'
import type { CheckpointManifest } from '../../catalog/sync/state/checkpointManifest.ts'
import { shardFile } from '../../catalog/sync/state/storedCheckpoint.ts'
import type { ObjectStore } from '../../ports.ts'
import { checkpointKey, type Owner, shardKey, shardOfKey, shardsPrefix } from '../objectKeys.ts'
import type { Dump } from './dumpInThread.ts'
import { listCheckpoints, readCheckpoint } from './readCheckpoints.ts'

/** By how many segments, or bytes, logs may grow. */
export interface Growth {
  readonly segments: number
  readonly bytes: number
}
/** A new checkpoint is worth its bytes when logs have grown by so much since the last one. */
const USUAL: Growth = { segments: 200, bytes: 16 * 1024 * 1024 }

export interface WriteCheckpointContext {
  readonly catalog: Catalog
  readonly store: ObjectStore
  readonly remoteId: RemoteId
  readonly owner: Owner
  /** Folder of the library. */
  readonly root: string
  readonly signal: AbortSignal
  readonly dump: Dump
  readonly after?: Growth | undefined
  /** Whether an object is about to be removed, so that nothing new may refer to it. */
  readonly isDoomed: (key: string) => boolean
}

/** Up to where logs go: sequences by device. */
type Ends = Readonly<Record<string, number>>

/**
 * Writes a checkpoint if the logs have grown enough since the last one, whoever wrote that. Without growth nothing is asked of
 * the store. Shards that are there already are referred to again. The manifest comes last, so that whoever reads it finds all
 * of it. Returns whether one was written. Throws what the store says, and `cancelled`.
 */
export async function writeCheckpoint(context: WriteCheckpointContext): Promise<boolean> {
  const { catalog, store, remoteId, owner } = context
  const position = catalog.publication.position(remoteId)
  if (position === null) return false
  const ends: Ends = { ...catalog.remoteLog.frontier(), ...(position.seq > 0 && { [catalog.deviceId]: position.seq }) }
  const setting = `remote.${remoteId}.checkpoint`
  if (!hasGrown(context, ends, endsOf(catalog.getSetting(setting)))) return false
  // Somebody else may have written one meanwhile.
  const newest = await newestOf(store, owner)
  const known = newest === null ? {} : sequences(newest)
  if (!hasGrown(context, ends, known)) {
    catalog.setSetting(setting, known)
    return false
  }
  const written = await write(context)
  if (written !== null) catalog.setSetting(setting, sequences(written))
  return written !== null
}

async function newestOf(store: ObjectStore, owner: Owner): Promise<CheckpointManifest | null> {
  for (const { id } of (await listCheckpoints(store, owner)).slice(0, 3)) {
    const manifest = await readCheckpoint(store, owner, id)
    if (!('problem' in manifest)) return manifest
  }
  return null
}

async function write(context: WriteCheckpointContext): Promise<CheckpointManifest | null> {
  const { catalog, store, remoteId, owner, root, signal, dump, isDoomed } = context
  const there = new Set<string>()
  for await (const { key } of store.list(shardsPrefix(owner))) {
    const sha256 = shardOfKey(owner, key)
    if (sha256 !== null) there.add(sha256)
  }
  const folder = join(root, 'cache', 'checkpoint')
  rmSync(folder, { recursive: true, force: true })
  try {
    const state = await dump(
      {
        file: join(root, 'catalog.sqlite'),
        journal: join(root, 'journal'),
        self: catalog.deviceId,
        remote: remoteId,
        folder,
        known: [...there],
      },
      signal,
    )
    if (state === null) return null
    if (state.shards.some(({ sha256 }) => isDoomed(shardKey(owner, sha256)))) return null
    for (const { sha256 } of state.shards) {
      if (signal.aborted) throw new VitrineError('cancelled', 'Sync was stopped.')
      if (there.has(sha256)) continue
      const bytes = readFileSync(join(folder, shardFile(sha256)))
      await store.putBytes(shardKey(owner, sha256), bytes, 'application/gzip')
      there.add(sha256)
    }
    const { frontier } = state
    const shards = [...state.shards]
    const manifest = {
      format: 1 as const,
      library: owner,
      id: randomUUID(),
      device: catalog.deviceId,
      frontier,
      shards,
    }
    const bytes = Buffer.from(`${JSON.stringify(manifest)}\n`)
    await store.putBytes(checkpointKey(owner, manifest.id), bytes, 'application/json')
    return manifest
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function hasGrown({ root, after = USUAL }: WriteCheckpointContext, ends: Ends, before: Ends): boolean {
  let segments = 0
  for (const [device, end] of Object.entries(ends)) segments += Math.max(0, end - (before[device] ?? 0))
  if (segments >= after.segments) return true
  if (segments === 0) return false
  let bytes = 0
  for (const [device, end] of Object.entries(ends)) {
    for (let seq = (before[device] ?? 0) + 1; seq <= end; seq++) {
      const file = join(root, 'journal', device, segmentName(seq))
      // Of this device the journal has about what was published.
      if (existsSync(file)) bytes += statSync(file).size
      if (bytes >= after.bytes) return true
    }
  }
  return false
}

function sequences({ frontier }: CheckpointManifest): Ends {
  return Object.fromEntries(Object.entries(frontier).map(([device, { seq }]) => [device, seq]))
}

function endsOf(setting: unknown): Ends {
  return typeof setting === 'object' && setting !== null ? (setting as Ends) : {}
}
