import { spawnSync } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startS3Server, wipeS3Server } from '../../scripts/s3-server.ts'
import { nodeClock } from '../../src/main/engine/adapters/nodeClock.ts'
import { openStore } from '../../src/main/engine/adapters/openStore.ts'
import type { S3Location } from '../../src/main/engine/adapters/s3Requests.ts'
import { createLibrary, openLibrary } from '../../src/main/engine/library/openLibrary.ts'
import type { Lanes } from '../../src/main/engine/ports.ts'
import { createSync } from '../../src/main/engine/sync/createSync.ts'
import { download } from '../../src/main/engine/sync/transfer/download.ts'
import { assetIdSchema, type Sha256 } from '../../src/shared/domain/ids.ts'
import type { Credentials } from '../../src/shared/domain/remote.ts'
import { countingProxy } from '../integration/sync/support/countingProxy.ts'
import { sha256Of } from '../integration/sync/support/files.ts'
import { type BenchFigure, type BenchGoal, type BenchResult, median } from './benchResult.ts'
import { BUCKET, makeBenchBucket, type Place } from './sync/benchBucket.ts'

const PORT = 4690
const REPEATS = 3
/** Requests at once: what rclone is told, and what ours begins with. */
const AT_ONCE = 4

interface Sizes {
  readonly name: string
  readonly count: number
  readonly bytes: number
}

/**
 * Uploads and downloads of many small files and of a large one, against `rclone copy` to the same server with as many
 * transfers at once, one after the other in the same run; then what a sync with nothing to do asks of the server.
 */
export async function syncBench(count: number): Promise<BenchResult> {
  if (spawnSync('rclone', ['version']).status !== 0) {
    throw new Error('This benchmark needs rclone: apt-get install rclone')
  }
  const root = mkdtempSync('/var/tmp/vitrine-bench-sync-')
  const options = { port: PORT, stateFolder: join(root, 'server'), tied: true }
  const server = await startS3Server(options)
  const { endpoint, accessKeyId, secretAccessKey } = server
  const place = { endpoint, credentials: { accessKeyId, secretAccessKey } }
  try {
    await makeBenchBucket(place)
    const figures: BenchFigure[] = []
    const ratios: number[] = []
    const kinds = [
      { name: `${count} × 100 KB`, count, bytes: 100_000 },
      { name: '1 × 200 MB', count: 1, bytes: 200_000_000 },
    ]
    for (const sizes of kinds) {
      const up: { ours: Spent[]; rclone: Spent[] } = { ours: [], rclone: [] }
      const down: { ours: Spent[]; rclone: Spent[] } = { ours: [], rclone: [] }
      for (let turn = 0; turn < REPEATS; turn++) {
        const work = join(root, `${sizes.count}-${turn}`)
        const both = await compare(work, sizes, place)
        up.ours.push(both.ours.up)
        up.rclone.push(both.rclone.up)
        down.ours.push(both.ours.down)
        down.rclone.push(both.rclone.down)
        rmSync(work, { recursive: true, force: true })
      }
      for (const [way, times] of [
        ['up', up],
        ['down', down],
      ] as const) {
        const middle = (spans: readonly Spent[], of: keyof Spent) => median(spans.map((span) => span[of]))
        const [ours, rclone] = [middle(times.ours, 'wall'), middle(times.rclone, 'wall')]
        const name = `${sizes.name} ${way}`
        figures.push({ what: `${name}, rclone copy`, value: rclone, unit: 's' })
        figures.push({ what: `${name}, vitrine`, value: ours, unit: 's' })
        figures.push({ what: `${name}, processor time of rclone`, value: middle(times.rclone, 'cpu'), unit: 's' })
        figures.push({ what: `${name}, processor time of vitrine`, value: middle(times.ours, 'cpu'), unit: 's' })
        figures.push({ what: `${name}, throughput in times of rclone`, value: rclone / ours, unit: '×' })
        ratios.push(rclone / ours)
      }
    }
    return {
      name: 'sync',
      about: `against rclone copy to the same server, ${AT_ONCE} transfers at once`,
      figures,
      goals: await idle(join(root, 'idle'), place),
      verdict: { what: 'slowest of the four, throughput in times of rclone', value: Math.min(...ratios), unit: '×' },
      goal: '≥ 1 ×',
    }
  } finally {
    await wipeS3Server(options)
    rmSync(root, { recursive: true, force: true })
  }
}

/** Seconds on the clock, and of processors; a machine that does other things makes the first long, not the second. */
interface Spent {
  readonly wall: number
  readonly cpu: number
}
interface Times {
  readonly up: Spent
  readonly down: Spent
}

/** Each tool brings the same files to a place of its own, then back. */
async function compare(work: string, sizes: Sizes, place: Place): Promise<{ ours: Times; rclone: Times }> {
  const library = makeLibrary(join(work, 'library'), sizes)
  const source = join(work, 'library', 'originals', '2026', '11')
  const prefix = randomUUID()
  const rcloneUp = copyWithRclone(place, source, `:s3:${BUCKET}/${prefix}-rclone`)
  const location = locationOf(place, prefix)
  const sync = library.sync()
  await sync.remotes.add({ role: 'library', location, credentials: place.credentials })
  const up = await spent(async () => {
    const result = await sync.once()
    if (result.uploaded !== sizes.count) throw new Error(`Not everything went up: ${JSON.stringify(result)}`)
  })
  await sync.close()
  const objects = library.objects()
  library.close()
  // Both fetch what was sent by ours.
  const folder = objects[0]?.key.split('/').slice(0, -1).join('/') ?? ''
  const rcloneDown = copyWithRclone(place, `:s3:${BUCKET}/${prefix}/${folder}`, join(work, 'rclone'))
  const down = await spent(() => downloadAll(objects, location, place.credentials, join(work, 'ours')))
  if (readdirSync(join(work, 'rclone')).length !== sizes.count) throw new Error('rclone did not bring everything back.')
  const rclone = { up: rcloneUp, down: rcloneDown }
  return { ours: { up, down }, rclone }
}

function locationOf({ endpoint }: Place, prefix: string): S3Location {
  return { kind: 's3', endpoint, region: 'us-east-1', bucket: BUCKET, prefix, pathStyle: true }
}

function makeLibrary(root: string, { count, bytes }: Sizes) {
  createLibrary(root, 'Bench', Date.now())
  const { catalog } = openLibrary(root, () => Date.now())
  const folder = 'originals/2026/11'
  mkdirSync(join(root, folder), { recursive: true })
  const now = Date.now()
  const made = Array.from({ length: count }, (_, index) => {
    const content = randomBytes(bytes)
    const sha256 = sha256Of(content)
    const storagePath = `${folder}/file-${index}.${sha256.slice(0, 12)}.bin`
    writeFileSync(join(root, storagePath), content)
    return { id: assetIdSchema.parse(randomUUID()), sha256, storagePath, index }
  })
  catalog.assets.register(
    made.map(({ id, sha256, storagePath, index }) => ({
      id,
      space: 'library',
      fileName: `file-${index}.bin`,
      extension: 'bin',
      mimeType: 'application/octet-stream',
      assetType: 'document',
      fileSizeBytes: bytes,
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
    })),
  )
  catalog.assets.recordMedia(
    made.map(({ id }) => ({
      assetId: id,
      ok: false as const,
      status: 'error' as const,
      code: 'unsupported_type',
      message: '',
      facts: null,
    })),
  )
  return {
    sync: () =>
      createSync({
        catalog,
        clock: nodeClock,
        folder: { root },
        library: { id: catalog.libraryId, name: 'Bench' },
        openStore,
        onStatus: () => undefined,
      }),
    objects() {
      const [remote] = catalog.remotes.list()
      if (remote === undefined) throw new Error('There is no remote.')
      return made.map(({ id, sha256 }) => {
        const object = catalog.remotes.object(remote.id, id, 'original')
        if (object === undefined) throw new Error('Something was not confirmed.')
        return { key: object.key, sha256, size: object.size }
      })
    },
    close: () => catalog.close(),
  }
}

async function downloadAll(
  objects: readonly { readonly key: string; readonly sha256: Sha256; readonly size: number }[],
  location: S3Location,
  credentials: Credentials,
  folder: string,
): Promise<void> {
  const store = openStore(location, credentials)
  const lanes = lanesAtOnce()
  const queue = [...objects]
  const work = async (): Promise<void> => {
    for (let object = queue.shift(); object !== undefined; object = queue.shift()) {
      const target = join(folder, object.key)
      await download({ store, ...object, target, partial: join(folder, `${object.sha256}.part`), lanes })
    }
  }
  // As the app does it: some are made durable while others arrive.
  await Promise.all(Array.from({ length: 2 * AT_ONCE }, work))
  store.close()
}

/** As many requests at once as rclone makes, never more. */
function lanesAtOnce(): Lanes {
  let free = AT_ONCE
  const waiting: (() => void)[] = []
  return {
    async take() {
      if (free > 0) free--
      else await new Promise<void>((resolve) => waiting.push(resolve))
      return {
        end() {
          const next = waiting.shift()
          if (next) next()
          else free++
        },
      }
    },
  }
}

function copyWithRclone({ endpoint, credentials }: Place, from: string, to: string): Spent {
  const began = performance.now()
  const command = ['rclone', 'copy', from, to, '--transfers', String(AT_ONCE), '--s3-no-check-bucket']
  const { status, stderr } = spawnSync(
    'bash',
    // Processor seconds come on the last line; nothing else of bash is used.
    ['-c', 'TIMEFORMAT="%U %S"; time "$@"', 'bash', ...command, '--config', '/dev/null'],
    {
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        RCLONE_S3_PROVIDER: 'Other',
        RCLONE_S3_ENDPOINT: endpoint,
        RCLONE_S3_REGION: 'us-east-1',
        RCLONE_S3_FORCE_PATH_STYLE: 'true',
        RCLONE_S3_ACCESS_KEY_ID: credentials.accessKeyId,
        RCLONE_S3_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      },
    },
  )
  if (status !== 0) throw new Error(`rclone: ${stderr}`)
  const wall = (performance.now() - began) / 1000
  const cpu = (stderr.trim().split('\n').at(-1) ?? '').split(' ').reduce((sum, part) => sum + Number(part), 0)
  return { wall, cpu }
}

/** What a sync asks of the server when there is nothing to do. */
async function idle(work: string, place: Place): Promise<BenchGoal[]> {
  const proxy = await countingProxy(place.endpoint)
  const library = makeLibrary(join(work, 'library'), { name: '', count: 5, bytes: 1000 })
  const sync = library.sync()
  const location = { ...locationOf(place, randomUUID()), endpoint: proxy.endpoint }
  await sync.remotes.add({ role: 'library', location, credentials: place.credentials })
  await sync.once()
  const times: number[] = []
  const counts: number[] = []
  for (let turn = 0; turn < REPEATS; turn++) {
    const before = proxy.requests.length
    times.push((await spent(async () => void (await sync.once()))).wall)
    counts.push(proxy.requests.length - before)
  }
  await sync.close()
  library.close()
  await proxy.close()
  const requests = median(counts)
  const ms = median(times) * 1000
  return [
    { what: 'requests of a sync with nothing to do', value: requests, unit: '', goal: '≤ 3', met: requests <= 3 },
    { what: 'time of a sync with nothing to do', value: ms, unit: 'ms', goal: '< 200', met: ms < 200 },
  ]
}

async function spent(work: () => Promise<void>): Promise<Spent> {
  const [began, before] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(before)
  return { wall: (performance.now() - began) / 1000, cpu: (user + system) / 1e6 }
}
