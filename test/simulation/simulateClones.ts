import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { derivedId } from '../../src/main/engine/catalog/derivedId.ts'
import { prepareRenewal } from '../../src/main/engine/sync/prepareRenewal.ts'
import { VitrineError } from '../../src/shared/contract/errors.ts'
import { Bucket, ConnectionLost, type Faults, Killed, noFaults } from './bucket.ts'
import { canonical } from './canonical.ts'
import { Chance } from './chance.ts'
import { Device, library } from './device.ts'
import { editAtRandom } from './edits.ts'
import { emptyCatalog, place } from './emptyCatalog.ts'
import { logsThrough } from './exchange.ts'
import { hasAll, type Outcome, toldAssets } from './simulate.ts'
import { isWatched, shownValue, writesOf } from './writes.ts'

const faults: Faults = { lost: 0.04, killed: 0.02, torn: 0.02, damaged: 0 }
const MOST_COPIES = 3

/**
 * Devices whose folders are copied while they work, so that several go on as the same device, each with edits that the others do
 * not have. In the end each has to be a device of its own, all have to be equal, and nothing that only one of them had is gone.
 */
export async function simulateClones(seed: number): Promise<Outcome & { readonly renewed: number }> {
  const root = mkdtempSync(join(place, 'vitrine-clones-'))
  const chance = new Chance(seed)
  const clock = { now: 1_790_000_000_000 }
  const bucket = new Bucket(chance)
  let renewed = 0
  const exchange = logsThrough(bucket, chance, null, async (device, context, common) => {
    await prepareRenewal(
      context,
      common,
      'copied',
      () => `${String(renewed).padStart(8, 'c')}-0000-4000-8000-000000000000`,
    )
    renewed++
    note(`${device.id} renewed at ${common.seq}`)
    device.renew()
    note(`is ${device.id}`)
  })
  const devices: Device[] = []
  const problems: string[] = []
  const trace = createHash('sha256')
  const note = (text: string): void => {
    trace.update(`${text}\n`)
  }
  const skew = (): number => (chance.happens(0.3) ? chance.below(864_000_000) - 432_000_000 : 0)
  /** Of each cell that was ever written, by any copy, the values in their order. */
  const written = new Map<string, string[]>()
  const made = new Set<string>()
  const purged = new Set<string>()
  let [edits, kills] = [0, 0]

  const noting = (device: Device, edit: () => void): void => {
    clock.now += 1 + chance.below(50)
    edits++
    for (const { entity, id, field, value } of writesOf(device, edit)) {
      if (entity === 'asset' && field === 'purged') purged.add(id)
      const cell = `${entity} ${id} ${field}`
      written.set(cell, [...(written.get(cell) ?? []), value])
    }
    for (const { id } of device.all('SELECT id FROM assets')) made.add(String(id))
  }
  const turn = async (device: Device): Promise<void> => {
    const pause = async (): Promise<void> => {
      if (chance.happens(bucket.faults.killed * 3)) throw new Killed()
      if (bucket.faults.lost > 0 && chance.happens(0.3)) noting(device, () => editAtRandom(device, chance))
    }
    try {
      await exchange.pull(device, pause)
      await exchange.publish(device)
    } catch (error) {
      if (error instanceof Killed) {
        kills++
        note(`${devices.indexOf(device) + 1} killed`)
        device.start()
      } else if (!(error instanceof ConnectionLost) && !isTorn(error)) throw error
    }
  }
  const rest = async (): Promise<void> => {
    for (let round = 0, before = ''; round < 60; round++) {
      for (const device of devices) {
        exchange.peace(device)
        await turn(device)
      }
      const now = devices
        .map((device) => `${device.id} ${device.tail()} ${JSON.stringify(device.log.frontier())}`)
        .join()
      const isAtRest = devices.every((device) => hasAll(device, devices) && exchange.isPublished(device))
      if (now === before && isAtRest) return
      before = now
    }
    problems.push('The devices never come to rest')
  }

  try {
    const count = 1 + chance.below(3)
    for (let index = 0; index < count; index++) devices.push(new Device(index, emptyCatalog(root), root, clock, skew()))
    bucket.faults = faults
    const steps = 20 + chance.below(60)
    for (let step = 0; step < steps; step++) {
      const device = chance.pick(devices)
      if (devices.length < count + MOST_COPIES && chance.happens(0.06)) {
        devices.push(device.copy(devices.length, root, skew()))
        note(`copy of ${device.id}`)
      }
      if (chance.happens(0.65)) noting(device, () => editAtRandom(device, chance))
      else await turn(device)
    }
    // Copies that never write anything again are one device for everybody.
    for (const [index, device] of devices.entries()) {
      const now = device.now()
      const tag = { parent_id: null, name: `of ${index}`, color: null, created_at: now, deleted_at: null }
      noting(device, () =>
        device.mutations.run({ kind: 'edit', label: () => 'Edit', undoable: true, now }, (writer) =>
          writer.set('tag', derivedId(library, 'tag', tag.name), '', tag),
        ),
      )
    }
    bucket.faults = noFaults
    await rest()

    const told = toldAssets(await exchange.logs())
    // An edit of before a copy was made is told by both: which of them a conflict is listed with may differ.
    const states = devices.map((device) => ({ ...canonical(device, (asset) => told.has(asset)), conflicts: [] }))
    note(JSON.stringify(states))
    for (const [index, state] of states.entries()) {
      for (const [part, value] of Object.entries<readonly unknown[]>(state)) {
        const first: Readonly<Record<string, readonly unknown[]>> = states[0] ?? {}
        const [mine, expected] = [value, first[part] ?? []].map((list) => JSON.stringify(list))
        if (mine !== expected) problems.push(`Device ${index + 1} differs in ${part}: ${mine} instead of ${expected}`)
      }
    }
    if (new Set(devices.map(({ id }) => id)).size < devices.length) problems.push('Two copies are one device')
    problems.push(...lost({ devices, told, made, purged, written }))
  } catch (error) {
    problems.push(`Something was thrown: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  } finally {
    for (const device of devices) device.close()
    rmSync(root, { recursive: true, force: true })
  }
  return { seed, trace: trace.digest('hex'), problems, devices: devices.length, edits, kills, renewed }
}

/** What was read of a log was not whole: the program tries again later. */
function isTorn(error: unknown): boolean {
  return error instanceof VitrineError && error.code === 'remote_server'
}

interface Seen {
  readonly devices: readonly Device[]
  readonly told: ReadonlySet<string>
  readonly made: ReadonlySet<string>
  readonly purged: ReadonlySet<string>
  readonly written: ReadonlyMap<string, readonly string[]>
}

/** What is gone that nobody took away: assets, and the values of cells that were written once in all the run. */
function* lost({ devices, told, made, purged, written }: Seen): Generator<string> {
  const holderOf = (asset: string): Device | undefined =>
    devices.find((device) => device.all('SELECT 1 FROM assets WHERE id = ?', asset).length > 0)
  for (const id of made) {
    if (!purged.has(id) && holderOf(id) === undefined) yield `Asset ${id} is gone and nobody removed it`
  }
  for (const device of devices) {
    const kept = device.all(
      "SELECT id FROM assets WHERE space = 'library' AND deleted_at IS NULL AND status <> 'missing'",
    )
    for (const { id } of kept) if (!told.has(String(id))) yield `Nobody is told of asset ${id}, which is kept`
  }
  for (const [cell, values] of written) {
    const [entity = '', ...rest] = cell.split(' ')
    const [field = '', id = ''] = [rest.at(-1), rest.slice(0, -1).join(' ')]
    if (values.length > 1 || !isWatched(entity, field)) continue
    // What one copy had of an asset when it removed it for good is gone with it, also when another has the asset still.
    if (purged.has(id)) continue
    // What nobody was told of may be another one in each copy.
    const holders = entity !== 'asset' || told.has(id) ? devices.slice(0, 1) : devices
    const shown = holders.map((device) => shownValue(device, entity, id, field))
    if (!shown.some((value) => value === values[0]))
      yield `${cell} is ${shown.join(' and ')}, not ${values[0]}, which nobody changed`
  }
}
