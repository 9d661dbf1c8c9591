import { cutShards } from '../../src/main/engine/catalog/sync/state/cutShards.ts'
import { stateLoader } from '../../src/main/engine/catalog/sync/state/loadState.ts'
import { packShard, shardEntry, unpackShardSync } from '../../src/main/engine/catalog/sync/state/packShard.ts'
import { readState } from '../../src/main/engine/catalog/sync/state/readState.ts'
import { readFrontier } from '../../src/main/engine/catalog/sync/state/stateSnapshot.ts'
import { type Device, remote } from './device.ts'

/** What a device would put into a checkpoint now; null while something of it waits. */
export function checkpointOf({ db, id: self, folder: journal }: Device) {
  const frontier = readFrontier({ db, self, remote, journal })
  if (frontier === null) return null
  const lines = readState({ db, self, remote, publishedPath: () => '' })
  const shards = [...cutShards(lines)].map((shard) => ({ entry: shardEntry(shard), bytes: packShard(shard) }))
  return { frontier, shards }
}
export type Checkpoint = NonNullable<ReturnType<typeof checkpointOf>>

/** Fills the empty catalogue of a new device. */
export function begin(device: Device, { frontier, shards }: Checkpoint): void {
  device.db.pragma('foreign_keys = OFF')
  const loader = stateLoader(device.db, frontier, () => false)
  for (const { entry, bytes } of shards) {
    const lines = unpackShardSync(bytes, entry)
    if (lines === null) throw new Error('A shard can’t be read again')
    loader.load(entry.kind, lines, device.now())
  }
  loader.finish()
  device.db.pragma('foreign_keys = ON')
  device.start()
}
