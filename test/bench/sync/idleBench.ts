import { randomUUID } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startS3Server, wipeS3Server } from '../../../scripts/s3-server.ts'
import { nodeClock } from '../../../src/main/engine/adapters/nodeClock.ts'
import { openStore } from '../../../src/main/engine/adapters/openStore.ts'
import { openDatabase } from '../../../src/main/engine/catalog/database.ts'
import { libraryFolder } from '../../../src/main/engine/library/libraryFolder.ts'
import { openLibrary } from '../../../src/main/engine/library/openLibrary.ts'
import { createSync } from '../../../src/main/engine/sync/createSync.ts'
import { countingProxy } from '../../integration/sync/support/countingProxy.ts'
import { type BenchFigure, type BenchGoal, type BenchResult, median } from '../benchResult.ts'
import { cachedLibrary, copyLibrary } from '../catalog/cachedLibrary.ts'
import type { CatalogBenchOptions } from '../catalogBench.ts'
import { BUCKET, makeBenchBucket, type Place } from './benchBucket.ts'
import { wireCounter } from './wireCounter.ts'

const PORT = 4691
const REPEATS = 5
const MOST_REQUESTS = 3
const MOST_MS = 200

/**
 * What a sync costs when there is nothing to do, and when there is one edit, in libraries of several sizes whose files are
 * all in the bucket: requests, time, and bytes on the wire with all headers beside the bytes of the change. The log of the
 * whole library is really published to a real server first.
 */
export async function idleBench({ sizes, libraries }: CatalogBenchOptions): Promise<BenchResult> {
  const root = mkdtempSync('/var/tmp/vitrine-bench-idle-')
  const options = { port: PORT, stateFolder: join(root, 'server'), tied: true }
  const { endpoint, accessKeyId, secretAccessKey } = await startS3Server(options)
  const place = { endpoint, credentials: { accessKeyId, secretAccessKey } }
  const figures: BenchFigure[] = []
  const goals: BenchGoal[] = []
  try {
    await makeBenchBucket(place)
    for (const assets of [...sizes].sort((a, b) => a - b)) {
      const made = await cachedLibrary(libraries ?? join(root, 'libraries'), assets)
      const work = join(libraries ?? root, `work-${process.pid}-idle`)
      try {
        await copyLibrary(made, work)
        cpSync(libraryFolder(made).journal, libraryFolder(work).journal, { recursive: true })
        const found = await measure(work, place)
        figures.push(...figuresOf(assets, found))
        goals.push(...goalsOf(assets, found))
      } finally {
        rmSync(work, { recursive: true, force: true })
      }
    }
  } finally {
    await wipeS3Server(options)
    rmSync(root, { recursive: true, force: true })
  }
  return {
    name: 'idle',
    about: `syncs with nothing to do and with one edit, libraries of ${sizes.join(', ')} assets`,
    figures,
    goals,
    verdict: { what: 'goals missed', value: goals.filter(({ met }) => !met).length, unit: `of ${goals.length}` },
    goal: 'none',
  }
}

interface Found {
  readonly publish: { readonly seconds: number; readonly requests: number; readonly bytesUp: number }
  readonly idle: Sync
  readonly edit: Sync & { readonly bytesOfChange: number }
}
interface Sync {
  readonly requests: number
  readonly ms: number
  readonly bytesUp: number
  readonly bytesDown: number
}

async function measure(root: string, place: Place): Promise<Found> {
  const proxy = await countingProxy(place.endpoint)
  const wire = await wireCounter(proxy.endpoint)
  const location = {
    kind: 's3',
    endpoint: wire.endpoint,
    region: 'us-east-1',
    bucket: BUCKET,
    prefix: randomUUID(),
    pathStyle: true,
  } as const
  await withSync(root, async ({ sync }) => {
    await sync.remotes.add({ role: 'library', location, credentials: place.credentials })
  })
  sayEverythingIsThere(libraryFolder(root).catalog)
  try {
    return await withSync(root, async ({ catalog, sync }) => {
      const [remote] = sync.remotes.list()
      if (remote === undefined) throw new Error('There is no remote.')
      await sync.remotes.setCredentials(remote.id, place.credentials)
      const once = async (): Promise<Sync> => {
        const before = proxy.requests.length
        wire.take()
        const began = performance.now()
        const { errors } = await sync.once()
        const ms = performance.now() - began
        if (errors.length > 0) throw new Error(`A sync failed: ${JSON.stringify(errors.slice(0, 3))}`)
        const { up, down } = wire.take()
        return { requests: proxy.requests.length - before, ms, bytesUp: up, bytesDown: down }
      }
      const published = await once()
      const idle = await repeated(once)
      const asset = catalog.assets.findByRow(1)
      if (asset === undefined) throw new Error('There is no asset.')
      let bytesOfChange = 0
      let stars = 0
      const edit = await repeated(() => {
        stars = (stars % 5) + 1
        const spec = { kind: 'edit', label: () => 'Rated an asset', undoable: true, now: Date.now() }
        catalog.mutate(spec, (writer) => {
          writer.set('asset', asset.id, 'rating', stars)
        })
        // As the log writes it: what, whose, which field, the value, and the stamp.
        bytesOfChange = JSON.stringify(['asset', asset.id, 'rating', stars, '0'.repeat(60)]).length
        return once()
      })
      const publish = { seconds: published.ms / 1000, requests: published.requests, bytesUp: published.bytesUp }
      return { publish, idle, edit: { ...edit, bytesOfChange } }
    })
  } finally {
    await wire.close()
    await proxy.close()
  }
}

async function repeated(run: () => Promise<Sync>): Promise<Sync> {
  const runs: Sync[] = []
  for (let turn = 0; turn < REPEATS; turn++) runs.push(await run())
  const middle = (of: keyof Sync): number => median(runs.map((one) => one[of]))
  return {
    requests: middle('requests'),
    ms: middle('ms'),
    bytesUp: middle('bytesUp'),
    bytesDown: middle('bytesDown'),
  }
}

async function withSync<T>(
  root: string,
  work: (open: {
    readonly catalog: ReturnType<typeof openLibrary>['catalog']
    readonly sync: ReturnType<typeof createSync>
  }) => Promise<T>,
): Promise<T> {
  const { catalog } = openLibrary(root, () => Date.now())
  const library = { id: catalog.libraryId, name: 'Bench' }
  const sync = createSync({
    catalog,
    clock: nodeClock,
    folder: { root },
    library,
    openStore,
    onStatus: () => undefined,
  })
  try {
    return await work({ catalog, sync })
  } finally {
    await sync.close()
    catalog.close()
  }
}

/** The files of a made library were never written; the catalogue is told that the bucket has confirmed each of them. */
function sayEverythingIsThere(catalog: string): void {
  const db = openDatabase(catalog)
  try {
    db.exec(`
      INSERT INTO remote_objects(remote_id, asset_id, kind, key, sha256, size, etag, verified, verified_at)
        SELECT r.id, a.id, k.kind, 'bench/' || a.id || k.kind, a.sha256, a.file_size_bytes, NULL, 'checksum-header', 1
        FROM remotes r, assets a, (SELECT 'original' AS kind UNION ALL SELECT 'thumbnail') k WHERE a.space = 'library';
      UPDATE assets SET sync_state = 'synced', sync_reason = NULL WHERE space = 'library' AND sync_state <> 'synced'`)
  } finally {
    db.close()
  }
}

function figuresOf(assets: number, { publish, idle, edit }: Found): BenchFigure[] {
  const size = `${assets} assets`
  return [
    { what: `${size}: the whole log is published in`, value: publish.seconds, unit: 's' },
    { what: `${size}: with so many requests`, value: publish.requests, unit: '' },
    { what: `${size}: and so many bytes`, value: publish.bytesUp / 1e6, unit: 'MB' },
    { what: `${size}: nothing to do, bytes up and down`, value: idle.bytesUp + idle.bytesDown, unit: 'bytes' },
    { what: `${size}: one edit, requests`, value: edit.requests, unit: '' },
    { what: `${size}: one edit, time`, value: edit.ms, unit: 'ms' },
    { what: `${size}: one edit, bytes up`, value: edit.bytesUp, unit: 'bytes' },
    { what: `${size}: one edit, bytes down`, value: edit.bytesDown, unit: 'bytes' },
    { what: `${size}: one edit, bytes of the change itself`, value: edit.bytesOfChange, unit: 'bytes' },
  ]
}

function goalsOf(assets: number, { idle }: Found): BenchGoal[] {
  const what = `${assets} assets, nothing to do`
  return [
    {
      what: `${what}: requests`,
      value: idle.requests,
      unit: '',
      goal: `≤ ${MOST_REQUESTS}`,
      met: idle.requests <= MOST_REQUESTS,
    },
    { what: `${what}: time`, value: idle.ms, unit: 'ms', goal: `< ${MOST_MS}`, met: idle.ms < MOST_MS },
  ]
}
