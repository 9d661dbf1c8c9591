import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { nodeClock } from '../../../../src/main/engine/adapters/nodeClock.ts'
import { openStore } from '../../../../src/main/engine/adapters/openStore.ts'
import type { S3Timeouts } from '../../../../src/main/engine/adapters/s3Direct.ts'
import type { Catalog } from '../../../../src/main/engine/catalog/catalog.ts'
import { createLibrary, openLibrary } from '../../../../src/main/engine/library/openLibrary.ts'
import { pinnedRows } from '../../../../src/main/engine/library/pinnedRows.ts'
import { createSync } from '../../../../src/main/engine/sync/createSync.ts'
import type { Sync, SyncOptions } from '../../../../src/main/engine/sync/sync.ts'
import { type AssetId, assetIdSchema, type Sha256 } from '../../../../src/shared/domain/ids.ts'
import type { Credentials, RemoteLocation, SyncStatus } from '../../../../src/shared/domain/remote.ts'
import { readAll, seededBytes, sha256Of, temporaryFolder } from './files.ts'

/** Short enough for tests that stall, long enough for a busy machine. */
export const testTimeouts: S3Timeouts = { connectMs: 3000, idleMs: 4000 }

/** A real library in a temporary folder, with real files and a real catalogue. */
export interface SyncLibrary {
  readonly root: string
  readonly catalog: Catalog
  /** Adds a kept asset with these bytes, with a thumbnail, as the import does; the same twice share one stored file. */
  addKept(name: string, bytes: Buffer, mimeType?: string): AssetId
  /** What the decoders say when they have made the thumbnails. */
  recordDecoded(id: AssetId): void
  sync(options?: Partial<SyncOptions>): Sync
  readonly statuses: SyncStatus[]
  stateOf(id: AssetId): { readonly state: string; readonly reason: string | null }
  close(): Promise<void>
}

/** `rebuild`: its catalogue is made anew of the journal. */
export function syncLibrary(existing?: string, rebuild = false): SyncLibrary {
  const folder = existing === undefined ? temporaryFolder() : null
  const root = existing ?? join(folder?.path ?? '', 'library')
  if (folder) createLibrary(root, 'Test library', Date.now())
  const opened = openLibrary(root, () => Date.now(), { rebuild })
  const { catalog } = opened
  const statuses: SyncStatus[] = []
  const syncs: Sync[] = []
  return {
    root,
    catalog,
    statuses,
    addKept: (name, bytes, mimeType) => addKept(catalog, root, name, bytes, mimeType),
    recordDecoded: (id) => recordDecoded(catalog, id),
    sync(options = {}) {
      const sync = createSync({
        catalog,
        clock: nodeClock,
        folder: { root },
        library: { id: catalog.libraryId, name: 'Test library' },
        openStore: (location, credentials) => openStore(location, credentials, testTimeouts),
        onStatus: (status) => statuses.push(status),
        onDefect: (error) => {
          throw error
        },
        pinnedRows: () => pinnedRows(catalog, Date.now()),
        ...options,
      })
      syncs.push(sync)
      return sync
    },
    stateOf(id) {
      const asset = catalog.assets.get(id)
      return { state: asset?.sync_state ?? 'none', reason: asset?.sync_reason ?? null }
    },
    async close() {
      for (const sync of syncs) await sync.close()
      catalog.close()
      folder?.remove()
    },
  }
}

function addKept(
  catalog: Catalog,
  root: string,
  name: string,
  bytes: Buffer,
  mimeType = 'application/octet-stream',
): AssetId {
  const sha256 = sha256Of(bytes)
  const storagePath = `originals/2026/11/${name}.${sha256.slice(0, 12)}.bin`
  write(join(root, storagePath), bytes)
  const now = Date.now()
  const id = assetIdSchema.parse(randomUUID())
  const [outcome] = catalog.assets.register([
    {
      id,
      space: 'library',
      fileName: `${name}.bin`,
      extension: 'bin',
      mimeType,
      assetType: 'image',
      fileSizeBytes: bytes.length,
      sha256,
      storagePath,
      sourcePath: null,
      jobId: null,
      collectionId: null,
      createdAt: now,
      importedAt: now,
      expiresAt: null,
      another: true,
      importItem: null,
    },
  ])
  if (outcome?.kind !== 'registered') throw new Error(`${name} was not registered`)
  write(join(root, `cache/thumbs/${sha256.slice(0, 2)}/${sha256}-600.webp`), thumbnailOf(sha256))
  recordDecoded(catalog, id)
  return id
}

function recordDecoded(catalog: Catalog, id: AssetId): void {
  catalog.assets.recordMedia([
    {
      assetId: id,
      ok: true,
      facts: {
        width: 10,
        height: 10,
        durationSeconds: null,
        frames: null,
        thumbhash: null,
        dominantColors: [],
        perceptualHash: null,
        capturedAt: null,
        gps: null,
        metadata: {},
        generation: null,
        thumbnails: [150, 300, 600],
        noThumbnail: null,
      },
    },
  ])
}

function thumbnailOf(sha256: Sha256): Buffer {
  return Buffer.concat([Buffer.from('RIFF\x03\x03\0\0WEBP'), seededBytes(888, `thumbnail of ${sha256}`)])
}

function write(path: string, bytes: Buffer): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, bytes)
}

/** Downloads everything that should be there for an asset and says what is wrong with it; empty when all is well. */
export async function differences(
  catalog: Catalog,
  ids: readonly AssetId[],
  location: RemoteLocation,
  credentials: Credentials | null,
): Promise<string[]> {
  const store = openStore(location, credentials)
  const wrong: string[] = []
  const remote = catalog.remotes.list().find(({ role }) => role === 'library')
  for (const id of ids) {
    const asset = catalog.assets.get(id)
    const original = remote && catalog.remotes.object(remote.id, id, 'original')
    const thumbnail = remote && catalog.remotes.object(remote.id, id, 'thumbnail')
    if (!asset || !original || !thumbnail) {
      wrong.push(`${id} is not recorded`)
      continue
    }
    if (sha256Of(await readAll(await store.get(original.key))) !== asset.sha256) wrong.push(`${original.key} differs`)
    const stored = await readAll(await store.get(thumbnail.key))
    if (!stored.equals(thumbnailOf(asset.sha256))) wrong.push(`${thumbnail.key} differs`)
  }
  store.close()
  return wrong
}
