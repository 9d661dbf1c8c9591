import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Bucket, ConnectionLost, Killed, noFaults } from './bucket.ts'
import { canonical } from './canonical.ts'
import { Chance } from './chance.ts'
import { Device, remote } from './device.ts'
import { editAtRandom } from './edits.ts'
import { emptyCatalog, place } from './emptyCatalog.ts'
import { begin, type Checkpoint, checkpointOf } from './joining.ts'
import { exchangeThrough, hasAll, type Outcome, type Through, toldAssets } from './simulate.ts'

const faults = { lost: 0.04, killed: 0.02, torn: 0.02, damaged: 0 }

/**
 * Devices that edit while they know little of each other. At random moments one of them writes a checkpoint, with which
 * a new device begins; beside it another begins with the logs. All go on together, and have to be equal in the end: also where
 * segments arrive late that knew nothing of what the checkpoint holds. Returns what is not as it should be.
 */
export async function simulateJoin(
  seed: number,
  through: Through = 'store',
): Promise<Outcome & { readonly joined: number }> {
  const root = mkdtempSync(join(place, 'vitrine-joining-'))
  const chance = new Chance(seed)
  const clock = { now: 1_790_000_000_000 }
  const bucket = new Bucket(chance)
  const exchange = await exchangeThrough(through, bucket, chance)
  const devices: Device[] = []
  const problems: string[] = []
  const trace = createHash('sha256')
  let [edits, kills] = [0, 0]
  const add = (): Device => {
    const skew = chance.happens(0.3) ? chance.below(864_000_000) - 432_000_000 : 0
    const device = new Device(devices.length, emptyCatalog(root), root, clock, skew)
    devices.push(device)
    return device
  }
  const edit = (device: Device): void => {
    clock.now += 1 + chance.below(50)
    edits++
    editAtRandom(device, chance)
  }
  const turn = async (device: Device): Promise<void> => {
    const pause = async (): Promise<void> => {
      if (chance.happens(bucket.faults.killed * 3)) throw new Killed()
      if (bucket.faults.lost > 0 && chance.happens(0.3)) edit(device)
    }
    try {
      if (chance.happens(0.5)) await exchange.publish(device)
      await exchange.pull(device, pause)
      await exchange.publish(device)
    } catch (error) {
      if (error instanceof Killed) {
        kills++
        device.start()
      } else if (!(error instanceof ConnectionLost)) throw error
    }
  }
  /** Puts what a device has to say into the bucket, whatever faults there are, and tells what it knows then. */
  const checkpoint = async (device: Device): Promise<Checkpoint | null> => {
    const before = bucket.faults
    bucket.faults = noFaults
    await exchange.publish(device)
    bucket.faults = before
    if (through === 'store') return checkpointOf(device)
    sayPublished(device)
    try {
      return checkpointOf(device)
    } finally {
      device.catalog.publication.forget(remote)
    }
  }
  /** Everybody tells and reads until nobody has anything to say. */
  const rest = async (): Promise<void> => {
    for (let round = 0, before = ''; round < 40; round++) {
      for (const device of devices) {
        exchange.peace(device)
        await turn(device)
      }
      const now = devices.map((device) => `${device.tail()} ${JSON.stringify(device.log.frontier())}`).join()
      const isAtRest = devices.every((device) => hasAll(device, devices) && exchange.isPublished(device))
      if (now === before && isAtRest) return
      before = now
    }
    problems.push('The devices never come to rest')
  }
  let joined = 0
  try {
    for (let index = 0; index < 2 + chance.below(3); index++) add()
    bucket.faults = faults
    const steps = 30 + chance.below(60)
    for (let step = 0; step < steps; step++) {
      const device = chance.pick(devices)
      if (devices.length < 6 && chance.happens(0.05)) {
        const found = await checkpoint(device)
        if (found === null) continue
        const fresh = add()
        begin(fresh, found)
        const told = toldAssets(await exchange.logs())
        const isTold = (asset: string): boolean => told.has(asset)
        if (JSON.stringify(canonical(fresh, isTold)) !== JSON.stringify(canonical(device, isTold)))
          problems.push(`Device ${devices.length} begins with another state`)
        joined++
        if (devices.length < 7 && chance.happens(0.5)) add()
      }
      if (chance.happens(0.65)) edit(device)
      else await turn(device)
    }
    bucket.faults = noFaults
    await rest()
    // And one that begins when all is said, and one that reads every log.
    const [first] = devices
    const last = first === undefined ? null : await checkpoint(first)
    if (last === null) problems.push('A device at rest can write no checkpoint')
    else begin(add(), last)
    add()
    await rest()
    const told = toldAssets(await exchange.logs())
    const states = devices.map((device) => canonical(device, (asset) => told.has(asset)))
    trace.update(JSON.stringify(states))
    for (const [index, state] of states.entries()) {
      for (const [part, value] of Object.entries(state)) {
        const [mine, expected] = [value, states[0]?.[part] ?? []].map((list) => JSON.stringify(list))
        if (mine !== expected) problems.push(`Device ${index + 1} differs in ${part}: ${mine} instead of ${expected}`)
      }
    }
  } catch (error) {
    problems.push(`Something was thrown: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  } finally {
    for (const device of devices) device.close()
    rmSync(root, { recursive: true, force: true })
  }
  return { seed, trace: trace.digest('hex'), problems, devices: devices.length, edits, kills, joined }
}

/** Where segments go from journal to journal, all that is sealed is told. */
function sayPublished(device: Device): void {
  const [last] = device.all(
    'SELECT seq, sha256 FROM journal_segments WHERE device_id = ? ORDER BY seq DESC LIMIT 1',
    device.id,
  )
  device.catalog.publication.begin(
    remote,
    { seq: Number(last?.seq ?? 0), sha256: last === undefined ? null : String(last.sha256) },
    [],
  )
}
