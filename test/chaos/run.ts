// `npm run chaos`: real engines of one library in processes of their own, a real S3 server, and everything going wrong.
//   npm run chaos -- --minutes 5 --devices 3 --seed 7 [--keep]
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildIfStale } from '../../scripts/build.mjs'
import { VitrineError } from '../../src/shared/contract/errors.ts'
import { type CountingProxy, countingProxy } from '../integration/sync/support/countingProxy.ts'
import { openTestS3, type TestS3 } from '../integration/sync/support/testS3.ts'
import { Chance } from '../simulation/chance.ts'
import { ChaosDevice, clockObstacle } from './chaosDevice.ts'
import { compareDevices } from './compareDevices.ts'
import { type Deeds, doSomething } from './doSomething.ts'
import { setWeather, weathers } from './weather.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '3' },
    devices: { type: 'string', default: '3' },
    seed: { type: 'string' },
    /** Keeps the libraries to look at. */
    keep: { type: 'boolean', default: false },
  },
})
/** A supervisor gives an engine up that ends five times within a minute. */
const KILL_EVERY_MS = 30_000
const SERVER_KILL_EVERY_MS = 45_000
const WEATHER_EVERY_MS = 9_000
const KEYS_EVERY_MS = 40_000
/** Rounds in which all devices sync, at most, until none has anything to say. */
const MOST_ROUNDS = 60

const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed)
const counts = { kills: 0, serverKills: 0, weathers: 0, wrongKeys: 0 }

async function chaos(): Promise<readonly string[]> {
  buildIfStale()
  const folder = mkdtempSync('/var/tmp/vitrine-chaos-')
  const s3 = await openTestS3()
  process.env.AWS_ACCESS_KEY_ID = s3.credentials.accessKeyId
  process.env.AWS_SECRET_ACCESS_KEY = s3.credentials.secretAccessKey
  const proxies: CountingProxy[] = []
  const devices: ChaosDevice[] = []
  try {
    const location = await s3.place()
    for (let index = 0; index < Number(values.devices); index++) {
      const proxy = await countingProxy(s3.endpoint)
      proxies.push(proxy)
      const daysAhead = index === 1 && clockObstacle === null ? 10 : 0
      const device = new ChaosDevice(folder, `device-${index + 1}`, daysAhead)
      devices.push(device)
      const place = { location: { ...location, endpoint: proxy.endpoint }, credentials: s3.credentials }
      if (index === 0) {
        await device.open()
        await device.request('remotes.add', { role: 'library', ...place })
      } else await device.open(place)
    }
    if (clockObstacle !== null) console.log(`All clocks are right: ${clockObstacle}.`)
    const deeds: Deeds = { count: 0, files: new Set() }
    await storm(devices, proxies, s3, folder, deeds)
    await calm(devices, proxies, s3)
    const requests = proxies.reduce((sum, proxy) => sum + proxy.requests.length, 0)
    console.log(
      `${deeds.count} things done, ${deeds.files.size} files taken in, ${counts.kills} kills of engines and ${counts.serverKills} of the server, ${counts.weathers} weathers, ${counts.wrongKeys} times wrong keys, ${requests} requests`,
    )
    for (const device of devices) await device.close()
    return compareDevices(
      devices.map(({ root }) => root),
      deeds.files,
    )
  } finally {
    await Promise.all(devices.map((device) => device.close()))
    await Promise.all(proxies.map((proxy) => proxy.close()))
    await s3.close()
    if (values.keep) console.log(`The libraries are in ${folder}.`)
    else rmSync(folder, { recursive: true, force: true })
  }
}

/** Everybody works, and everything goes wrong, for so many minutes. */
async function storm(
  devices: readonly ChaosDevice[],
  proxies: readonly CountingProxy[],
  s3: TestS3,
  folder: string,
  deeds: Deeds,
): Promise<void> {
  const until = performance.now() + Number(values.minutes) * 60_000
  const isOver = () => performance.now() >= until
  const every = async (ms: number, chance: Chance, work: () => Promise<void> | void): Promise<void> => {
    while (!isOver()) {
      await sleep(ms * (0.5 + chance.next()))
      if (!isOver()) await work()
    }
  }
  const tasks = devices.flatMap((device, index) => {
    const chance = new Chance(seed * 100 + index)
    const proxy = proxies[index]
    return [
      every(400, chance, () => doSomething(device, join(folder, device.name, 'files'), chance, deeds)),
      every(KILL_EVERY_MS, chance, () => {
        if (device.kill()) counts.kills++
      }),
      every(WEATHER_EVERY_MS, chance, () => {
        if (proxy !== undefined) setWeather(proxy, chance.pick(weathers), chance)
        counts.weathers++
      }),
      every(KEYS_EVERY_MS, chance, async () => {
        counts.wrongKeys++
        await ignoringAbsence(() => wrongKeysFor(device, 4000))
      }),
    ]
  })
  const chance = new Chance(seed)
  const server = every(SERVER_KILL_EVERY_MS, chance, async () => {
    if (s3.kill === null) return
    counts.serverKills++
    await s3.kill()
    await sleep(500 + chance.below(4000))
    await s3.restart()
  })
  await Promise.all([...tasks, server])
}

/** The keys of a device do not fit any more for a while, as after a rotation. */
async function wrongKeysFor(device: ChaosDevice, ms: number): Promise<void> {
  const [remote] = await device.request('remotes.list', undefined)
  if (remote === undefined) return
  const wrong = { accessKeyId: 'rotated', secretAccessKey: 'away' }
  await device.request('remotes.setCredentials', { id: remote.id, credentials: wrong })
  await sleep(ms)
  await device.request('remotes.setCredentials', { id: remote.id, credentials: null })
}

/** Everything works again; devices sync until none has anything to say, then each fetches what it lacks. */
async function calm(devices: readonly ChaosDevice[], proxies: readonly CountingProxy[], s3: TestS3): Promise<void> {
  for (const proxy of proxies) proxy.fault = null
  for (const device of devices) {
    await patiently(async () => {
      for (const { id } of await device.request('remotes.list', undefined)) {
        await device.request('remotes.setCredentials', { id, credentials: s3.credentials })
      }
    })
  }
  // Nobody is told of what was thrown away before it was in the bucket: it is all taken back.
  for (const device of devices) await patiently(() => restoreAll(device))
  let quiet = 0
  for (let round = 0; round < MOST_ROUNDS && quiet < 2; round++) {
    let isQuiet = true
    for (const device of devices) {
      const { uploaded, applied, pending, errors } = await patiently(() => device.request('sync.once', undefined))
      if (uploaded + applied + pending + errors.length > 0) isQuiet = false
      if (round > MOST_ROUNDS / 2 && errors.length > 0) console.log(device.name, JSON.stringify(errors.slice(0, 3)))
    }
    quiet = isQuiet ? quiet + 1 : 0
  }
  if (quiet < 2) throw new Error(`After ${MOST_ROUNDS} rounds there was still something to say.`)
  for (const device of devices) await patiently(() => fetchAll(device))
}

async function restoreAll(device: ChaosDevice): Promise<void> {
  const sort = { field: 'imported_at', direction: 'desc' } as const
  const { rowIds } = await device.request('assets.query', { view: { kind: 'trash' }, text: '', sort })
  if (rowIds.length > 0) await device.request('assets.restore', { assets: { rowIds: [...rowIds] } })
}

async function fetchAll(device: ChaosDevice): Promise<void> {
  for (const view of [{ kind: 'library' }, { kind: 'trash' }] as const) {
    const sort = { field: 'imported_at', direction: 'desc' } as const
    const { rowIds } = await device.request('assets.query', { view, text: '', sort })
    for (let at = 0; at < rowIds.length; at += 200) {
      const cards = await device.request('assets.cards', { rowIds: [...rowIds.slice(at, at + 200)] })
      const ids = cards.map(({ id }) => id)
      const { failed } = await device.request('sync.fetch', { ids })
      if (failed.length > 0) throw new Error(`Not everything could be fetched: ${JSON.stringify(failed.slice(0, 3))}`)
    }
  }
}

/** Asks again for as long as an engine is only starting. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof VitrineError) || error.code === 'internal' || attempt >= 20) throw error
      await sleep(1000)
    }
  }
}

async function ignoringAbsence(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof VitrineError)) throw error
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

console.log(`Seed ${seed}: ${values.devices} devices, ${values.minutes} minutes.`)
const problems = await chaos()
for (const problem of problems) console.error(problem)
console.log(problems.length === 0 ? 'All devices are the same, and nothing is lost.' : `${problems.length} problems.`)
process.exitCode = problems.length === 0 ? 0 : 1
