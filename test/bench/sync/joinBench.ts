import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import sharp from 'sharp'
import { makeLibrary } from '../../../scripts/large-library/makeLibrary.ts'
import { startS3Server, wipeS3Server } from '../../../scripts/s3-server.ts'
import { openStore } from '../../../src/main/engine/adapters/openStore.ts'
import type { Catalog } from '../../../src/main/engine/catalog/catalog.ts'
import { openForReading } from '../../../src/main/engine/catalog/database.ts'
import { thumbnailPath } from '../../../src/main/engine/catalog/thumbnailPath.ts'
import { libraryFolder } from '../../../src/main/engine/library/libraryFolder.ts'
import { createLibrary, markCatalogDamaged, openLibrary } from '../../../src/main/engine/library/openLibrary.ts'
import { dumpAtOnce } from '../../../src/main/engine/sync/checkpoints/dumpInThread.ts'
import { writeCheckpoint } from '../../../src/main/engine/sync/checkpoints/writeCheckpoint.ts'
import { ensureLibrary } from '../../../src/main/engine/sync/libraryManifest.ts'
import { originalKey, thumbnailKey } from '../../../src/main/engine/sync/objectKeys.ts'
import { publishLog } from '../../../src/main/engine/sync/publishLog.ts'
import { pullLogs } from '../../../src/main/engine/sync/pullLogs.ts'
import { type LibraryId, remoteIdSchema, type Sha256 } from '../../../src/shared/domain/ids.ts'
import { openRemotePolicy, type RemoteLocation } from '../../../src/shared/domain/remote.ts'
import { countingProxy } from '../../integration/sync/support/countingProxy.ts'
import type { BenchFigure, BenchResult } from '../benchResult.ts'
import { computedMs, type EngineSession, openSession } from '../catalog/engineSession.ts'
import { BUCKET, makeBenchBucket, type Place } from './benchBucket.ts'
import { wireCounter } from './wireCounter.ts'

const PORT = 4692
const remoteId = remoteIdSchema.parse('bbbbbbbb-0000-4000-8000-000000000000')
const { signal } = new AbortController()
/** What a window shows first. */
const CELLS = 60
/** How long thumbnails are waited for, ms. */
const PATIENCE_MS = 120_000

/**
 * How long a new device of libraries of several sizes takes until its catalogue is whole, its first window has cells, and
 * these have pictures: with the checkpoint that another device has written, and, until its catalogue is whole, by reading all
 * logs. The bucket is a real server’s, the new device an engine of its own, as it is built.
 */
export async function joinBench(sizes: readonly number[]): Promise<BenchResult> {
  const root = mkdtempSync('/var/tmp/vitrine-bench-join-')
  const options = { port: PORT, stateFolder: join(root, 'server'), tied: true }
  const figures: BenchFigure[] = []
  let times = 0
  try {
    const { endpoint, accessKeyId, secretAccessKey } = await startS3Server(options)
    const place: Place = { endpoint, credentials: { accessKeyId, secretAccessKey } }
    await makeBenchBucket(place)
    for (const assets of [...sizes].sort((a, b) => a - b)) {
      const work = join(root, String(assets))
      const found = await measure(work, assets, place)
      figures.push(...found.map((figure) => ({ ...figure, what: `${assets} assets: ${figure.what}` })))
      const seconds = (what: string): number => found.find((figure) => figure.what === what)?.value ?? 0
      times = seconds(LOGS) / seconds(CHECKPOINT)
      rmSync(work, { recursive: true, force: true })
    }
  } finally {
    await wipeS3Server(options)
    rmSync(root, { recursive: true, force: true })
  }
  return {
    name: 'join',
    about: `a new device of libraries of ${sizes.join(', ')} assets`,
    figures,
    verdict: { what: 'how many times as quick with the checkpoint as with the logs', value: times, unit: '×' },
    goal: '> 1 ×',
  }
}

const CHECKPOINT = 'with the checkpoint, until the library is open'
const LOGS = 'with the logs, until the catalogue is whole'

async function measure(work: string, assets: number, place: Place): Promise<BenchFigure[]> {
  const figures: BenchFigure[] = []
  const proxy = await countingProxy(place.endpoint)
  const wire = await wireCounter(proxy.endpoint)
  const location = {
    kind: 's3',
    endpoint: wire.endpoint,
    region: 'us-east-1',
    bucket: BUCKET,
    prefix: randomUUID(),
    pathStyle: true,
  } as const satisfies RemoteLocation
  let asked = 0
  const traffic = (what: string): void => {
    const { up, down } = wire.take()
    figures.push({ what: `${what}, requests`, value: proxy.requests.length - asked, unit: '' })
    figures.push({ what: `${what}, bytes up and down`, value: (up + down) / 1e6, unit: 'MB' })
    asked = proxy.requests.length
  }
  try {
    const { owner, told } = await fill(join(work, 'first'), assets, location, place)
    traffic('publishing logs and a checkpoint')

    const copy = join(work, 'copy')
    const engine = await openSession(copy, { location, credentials: place.credentials })
    figures.push({ what: CHECKPOINT, value: engine.openedMs / 1000, unit: 's' })
    figures.push({ what: `${CHECKPOINT}, processor time`, value: computedMs(engine.pid) / 1000, unit: 's' })
    traffic(CHECKPOINT)
    figures.push(...(await firstWindow(engine, copy)))
    traffic('the first window and what follows')
    await engine.close()

    const read = join(work, 'read')
    const [began, before] = [performance.now(), process.cpuUsage()]
    const whole = await readLogs(read, owner, location, place)
    const { user, system } = process.cpuUsage(before)
    figures.push({ what: LOGS, value: (performance.now() - began) / 1000, unit: 's' })
    figures.push({ what: `${LOGS}, processor time`, value: (user + system) / 1e6, unit: 's' })
    traffic(LOGS)
    const mine = open(copy).catalog
    const [there, here] = [count(whole, assets), count(mine, assets)]
    mine.close()
    whole.close()
    if (there !== told || here !== told) throw new Error(`The copies differ: ${there} and ${here} of ${told} assets.`)
    return figures
  } finally {
    await wire.close()
    await proxy.close()
  }
}

/** A device that has told the bucket all about its library, whose files are pretended to be there. */
async function fill(
  root: string,
  assets: number,
  location: RemoteLocation,
  { credentials }: Place,
): Promise<{ readonly owner: LibraryId; readonly told: number }> {
  await makeLibrary({ root, assets, seed: 1, until: Date.UTC(2026, 10, 20) })
  // Made anew from its journal, as a catalogue that is made up knows nothing of segments.
  markCatalogDamaged(libraryFolder(root))
  const { catalog, manifest } = open(root)
  const store = openStore(location, credentials)
  try {
    const owner = manifest.id
    await ensureLibrary(store, manifest, false)
    const told = confirmAll(catalog)
    const context = { catalog, store, remoteId, owner, root, signal }
    await publishLog(context)
    await writeCheckpoint({ ...context, dump: dumpAtOnce, after: { segments: 1, bytes: 1 }, isDoomed: () => false })
    const picture = await sharp({ create: { width: 600, height: 400, channels: 3, background: '#884422' } })
      .webp()
      .toBuffer()
    for (const sha256 of newest(libraryFolder(root).catalog)) {
      await store.putBytes(thumbnailKey(owner, sha256), picture, 'image/webp')
    }
    return { owner, told }
  } finally {
    store.close()
    catalog.close()
  }
}

/** Until a window would have its first cells, and these their pictures. */
async function firstWindow(engine: EngineSession, root: string): Promise<BenchFigure[]> {
  const began = performance.now()
  const query = { view: { kind: 'library' }, text: '', sort: { field: 'imported_at', direction: 'desc' } } as const
  const opening = await engine.request('assets.openVector', { stream: 'bench', query, since: null })
  const cells = performance.now()
  if (opening.kind !== 'first') throw new Error('A vector that nobody has was patched.')
  const cards = await engine.request('assets.cards', { rowIds: [...opening.rowIds.subarray(0, CELLS)] })
  const files = cards.map(({ sha256 }) => join(root, thumbnailPath(sha256, 600)))
  while (files.some((file) => !existsSync(file)) && performance.now() - began < PATIENCE_MS) await delay(20)
  const drawn = performance.now()
  const missing = files.filter((file) => !existsSync(file)).length
  const total = await engine.request('library.counts', undefined)
  const known = openForReading(libraryFolder(root).catalog)
  const sorted = known.prepare("SELECT count(*) FROM remote_objects WHERE kind = 'original'").pluck()
  while (Number(sorted.get()) < total.library && performance.now() - began < PATIENCE_MS) await delay(100)
  known.close()
  return [
    { what: 'until the first window has its cells', value: (cells - began) / 1000, unit: 's' },
    { what: `until these ${files.length} have their pictures`, value: (drawn - began) / 1000, unit: 's' },
    { what: 'of which never came', value: missing, unit: '' },
    { what: 'until it is known of each file where it is', value: (performance.now() - began) / 1000, unit: 's' },
  ]
}

async function readLogs(
  root: string,
  owner: LibraryId,
  location: RemoteLocation,
  { credentials }: Place,
): Promise<Catalog> {
  createLibrary(root, 'Copy', Date.now(), owner)
  const { catalog } = open(root)
  const store = openStore(location, credentials)
  try {
    const maps = { seen: new Map(), manifests: new Map() }
    const told = { mayRemove: () => true, onApplied: () => {}, pause: () => Promise.resolve() }
    await pullLogs({ catalog, store, owner, signal, ...maps, ...told }, true)
    return catalog
  } finally {
    store.close()
  }
}

function open(root: string) {
  return openLibrary(root, () => Date.now())
}

const count = (catalog: Catalog, assets: number): number => catalog.verification.files(0, assets * 2).length

/** Contents of what a window of the library shows first, and some more, as rows of the same time have another order elsewhere. */
function newest(file: string): readonly Sha256[] {
  const db = openForReading(file)
  try {
    return db
      .prepare(
        "SELECT sha256 FROM assets WHERE space = 'library' AND deleted_at IS NULL ORDER BY imported_at DESC LIMIT ?",
      )
      .pluck()
      .all(5 * CELLS) as Sha256[]
  } finally {
    db.close()
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
  let told = 0
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
    told += batch.length
    const last = batch.at(-1)
    if (last === undefined) return told
    after = last.rowId
  }
}
