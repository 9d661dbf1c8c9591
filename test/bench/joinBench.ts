import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeLibrary } from '../../scripts/large-library/makeLibrary.ts'
import { openStore } from '../../src/main/engine/adapters/openStore.ts'
import type { Catalog } from '../../src/main/engine/catalog/catalog.ts'
import { libraryFolder } from '../../src/main/engine/library/libraryFolder.ts'
import { createLibrary, markCatalogDamaged, openLibrary } from '../../src/main/engine/library/openLibrary.ts'
import { dumpAtOnce } from '../../src/main/engine/sync/checkpoints/dumpInThread.ts'
import { writeCheckpoint } from '../../src/main/engine/sync/checkpoints/writeCheckpoint.ts'
import { beginCopy } from '../../src/main/engine/sync/joinLibrary.ts'
import { ensureLibrary } from '../../src/main/engine/sync/libraryManifest.ts'
import { originalKey } from '../../src/main/engine/sync/objectKeys.ts'
import { publishLog } from '../../src/main/engine/sync/publishLog.ts'
import { pullLogs } from '../../src/main/engine/sync/pullLogs.ts'
import { remoteIdSchema } from '../../src/shared/domain/ids.ts'
import { openRemotePolicy } from '../../src/shared/domain/remote.ts'
import type { BenchFigure, BenchResult } from './benchResult.ts'

const remoteId = remoteIdSchema.parse('bbbbbbbb-0000-4000-8000-000000000000')
const { signal } = new AbortController()

/**
 * How long a new device of a large library takes until its catalogue is whole: with the checkpoint that another one has
 * written, and by reading all logs. The bucket is a folder, so that it is the program's own time that is told.
 */
export async function joinBench(assets: number): Promise<BenchResult> {
  const root = mkdtempSync(join(tmpdir(), 'vitrine-bench-join-'))
  const figures: BenchFigure[] = []
  const measure = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const [wall, cpu] = [performance.now(), process.cpuUsage()]
    const result = await work()
    const { user, system } = process.cpuUsage(cpu)
    figures.push({ what, value: (performance.now() - wall) / 1000, unit: 's' })
    figures.push({ what: `${what}, processor time`, value: (user + system) / 1e6, unit: 's' })
    return result
  }
  try {
    const place = join(root, 'bucket')
    mkdirSync(place)
    const location = { kind: 'folder', path: place, prefix: '' } as const
    const store = openStore(location, null)
    await makeLibrary({ root: join(root, 'first'), assets, seed: 1, until: Date.UTC(2026, 10, 20) })
    // Made anew from its journal, as a catalogue that is made up knows nothing of segments.
    markCatalogDamaged(libraryFolder(join(root, 'first')))
    const first = openLibrary(join(root, 'first'), Date.now)
    const owner = first.manifest.id
    await ensureLibrary(store, first.manifest, false)
    const pretended = confirmAll(first.catalog)
    const context = { catalog: first.catalog, store, remoteId, owner, root: join(root, 'first'), signal }
    await measure(`${pretended} assets: publish the log`, () => publishLog(context))
    await measure('write the first checkpoint', () =>
      writeCheckpoint({ ...context, dump: dumpAtOnce, after: { segments: 1, bytes: 1 }, isDoomed: () => false }),
    )
    first.catalog.close()
    figures.push({ what: 'logs in the bucket', value: bytesBelow(join(place, owner, 'log')) / 1e6, unit: 'MB' })
    figures.push({
      what: 'checkpoint in the bucket',
      value: bytesBelow(join(place, owner, 'shards')) / 1e6,
      unit: 'MB',
    })

    const begun = join(root, 'from-checkpoint')
    const fromCheckpoint = await measure('a new device, with the checkpoint', async () => {
      const nothing = { onProgress: () => {}, onRefused: () => {} }
      await beginCopy({ location }, openStore, libraryFolder(begun).journal, nothing)
      createLibrary(begun, 'Copy', Date.now(), owner)
      return openLibrary(begun, Date.now).catalog
    })
    const read = join(root, 'from-logs')
    const fromLogs = await measure('a new device, with the logs', async () => {
      createLibrary(read, 'Copy', Date.now(), owner)
      const { catalog } = openLibrary(read, Date.now)
      const maps = { seen: new Map(), manifests: new Map() }
      const told = { mayRemove: () => true, onApplied: () => {}, pause: () => Promise.resolve() }
      await pullLogs({ catalog, store, owner, signal, ...maps, ...told }, true)
      return catalog
    })
    const count = (catalog: Catalog): number => catalog.verification.files(0, assets * 2).length
    const [mine, theirs] = [count(fromCheckpoint), count(fromLogs)]
    if (mine !== theirs) throw new Error(`The copies differ: ${mine} and ${theirs} assets.`)
    fromCheckpoint.close()
    fromLogs.close()
    const seconds = (what: string): number => figures.find((figure) => figure.what === what)?.value ?? 0
    const times = seconds('a new device, with the logs') / seconds('a new device, with the checkpoint')
    return {
      name: 'join',
      about: `a new device of a library of ${assets} assets, of which ${mine} are told of`,
      figures,
      verdict: { what: 'how many times as quick with the checkpoint as with the logs', value: times, unit: '×' },
      goal: '> 1 ×',
    }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

/** Writes down that the bucket holds every original: what is told of depends on that, and none is read. */
function confirmAll(catalog: Catalog): number {
  const location = { kind: 'folder', path: '/nowhere', prefix: '' } as const
  catalog.remotes.add({
    id: remoteId,
    name: 'bucket',
    role: 'library',
    location,
    owner: null,
    policy: openRemotePolicy,
    createdAt: 1,
  })
  let count = 0
  for (let after = 0; ; ) {
    const batch = catalog.remotes.unsynced(remoteId, after, 5000)
    catalog.remotes.recordObjects(
      batch.map((asset) => ({
        remoteId,
        assetId: asset.id,
        kind: 'original' as const,
        key: originalKey(catalog.libraryId, asset),
        sha256: asset.sha256,
        size: asset.fileSizeBytes,
        etag: null,
        verified: 'read-back',
        verifiedAt: 1,
      })),
    )
    count += batch.length
    const last = batch.at(-1)
    if (last === undefined) return count
    after = last.rowId
  }
}

function bytesBelow(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).reduce(
    (sum, entry) => sum + (entry.isFile() ? statSync(join(entry.parentPath, entry.name)).size : 0),
    0,
  )
}
