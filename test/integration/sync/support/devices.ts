import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Catalog } from '../../../../src/main/engine/catalog/catalog.ts'
import { createLibrary } from '../../../../src/main/engine/library/openLibrary.ts'
import type { Sync, SyncOptions } from '../../../../src/main/engine/sync/sync.ts'
import { libraryIdSchema } from '../../../../src/shared/domain/ids.ts'
import type { Credentials, RemoteLocation } from '../../../../src/shared/domain/remote.ts'
import { temporaryFolder } from './files.ts'
import { type SyncLibrary, syncLibrary } from './syncLibrary.ts'

export interface Place {
  readonly location: RemoteLocation
  readonly credentials: Credentials | null
}

/** One device of a library: its own folder, catalogue and engine of sync. */
export interface Device extends SyncLibrary {
  readonly syncing: Sync
  connect(): Promise<unknown>
}

/** Devices of one library that know nothing of each other yet. `clean` is told how to remove each. */
export function devicesOf(
  count: number,
  place: Place,
  clean: (remove: () => unknown) => void,
  options: Partial<SyncOptions> = {},
): Device[] {
  const first = syncLibrary()
  clean(() => first.close())
  return [first, ...Array.from({ length: count - 1 }, () => copyOf(first, clean))].map((library) => {
    const syncing = library.sync(options)
    const connect = () =>
      syncing.remotes.add({
        role: 'library',
        location: place.location,
        ...(place.credentials ? { credentials: place.credentials } : {}),
      })
    return { ...library, syncing, connect }
  })
}

function copyOf(first: SyncLibrary, clean: (remove: () => unknown) => void): SyncLibrary {
  const folder = temporaryFolder()
  clean(() => folder.remove())
  const root = join(folder.path, 'library')
  mkdirSync(root)
  createLibrary(root, 'Test library', Date.now(), libraryIdSchema.parse(first.catalog.libraryId))
  const library = syncLibrary(root)
  clean(() => library.close())
  return library
}

/** What a library is, without what is a device's own: equal on all devices in the end. */
export function dump({ catalog }: { readonly catalog: Catalog }): unknown {
  const ids = catalog.verification.files(0, 100_000).map(({ id }) => id)
  const assets = ids.sort().map((id) => {
    const { row_id, sync_state, sync_reason, updated_at, ...rest } = { ...catalog.assets.get(id, true)! }
    return { ...rest, tags: [...rest.tags].sort(), collections: [...rest.collections].sort(byId) }
  })
  const collections = catalog.collections
    .list()
    .map(({ id, name, kind, parent_id, query }) => ({ id, name, kind, parent_id, query }))
  return { assets, collections: [...collections].sort(byId) }
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1
}

/** Lets devices sync until none has anything to say: twice around is enough for what was changed before. */
export async function settle(devices: readonly Device[]): Promise<void> {
  for (let round = 0; round < 2; round++) for (const { syncing } of devices) await syncing.once()
}

/** The name of the file that a device has its id in, and the id. */
export function deviceIdOf(root: string): string {
  return JSON.parse(readFileSync(join(root, 'device.json'), 'utf8')).id
}

/** Overwrites a file of a folder that stands for a bucket. */
export function plant(place: string, key: string, bytes: Uint8Array): void {
  const path = join(place, key)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, bytes)
}
