import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { decodeSegment } from '../../src/main/engine/catalog/journal/segment.ts'
import { newIdentity, remoteKey } from '../../src/main/engine/sync/encryption/remoteKey.ts'
import { Bucket, ConnectionLost, type Faults, Killed, noFaults } from './bucket.ts'
import { canonical } from './canonical.ts'
import { Chance } from './chance.ts'
import { Device } from './device.ts'
import { editAtRandom } from './edits.ts'
import { emptyCatalog, place } from './emptyCatalog.ts'
import { type Exchange, journalsThrough, logsThrough, type SentObject } from './exchange.ts'
import { Witness } from './witness.ts'

/** What a run came to: nothing wrong, or which invariant does not hold. */
export interface Outcome {
  readonly seed: number
  /** SHA-256 of everything that happened, in order. */
  readonly trace: string
  readonly problems: readonly string[]
  readonly devices: number
  readonly edits: number
  readonly kills: number
}

const TEN_DAYS = 10 * 24 * 3_600_000
const faults: Faults = { lost: 0.06, killed: 0.03, torn: 0.03, damaged: 0.01 }
/** Whether a device has applied all that the others have written. */
export function hasAll(device: Device, devices: readonly Device[]): boolean {
  const frontier = device.log.frontier()
  return devices.every((other) => other === device || (frontier[other.id] ?? 0) === other.tail())
}

/**
 * `journals`: sealed segments go from device to device as they are. `store`: as the program publishes and pulls. `encrypted`:
 * the same, with an encrypted store.
 */
export const throughs = ['journals', 'store', 'encrypted'] as const
export type Through = (typeof throughs)[number]

/** How the devices of a run hear of each other. */
export async function exchangeThrough(through: Through, bucket: Bucket, chance: Chance): Promise<Exchange> {
  if (through === 'journals') return journalsThrough(bucket)
  return logsThrough(bucket, chance, through === 'encrypted' ? await remoteKey(await newIdentity()) : null)
}

/** One run: devices that edit, go offline, are killed and have wrong clocks, over a store that loses requests; then peace. */
export async function simulate(seed: number, through: Through = 'store'): Promise<Outcome> {
  const root = mkdtempSync(join(place, 'vitrine-simulation-'))
  const chance = new Chance(seed)
  const clock = { now: 1_790_000_000_000 }
  const bucket = new Bucket(chance)
  const exchange = await exchangeThrough(through, bucket, chance)
  const count = 2 + chance.below(4)
  const devices = Array.from({ length: count }, (_, index) => {
    const skew = chance.happens(0.3) ? chance.below(2 * TEN_DAYS) - TEN_DAYS : 0
    return new Device(index, emptyCatalog(root), root, clock, skew)
  })
  const witness = new Witness(devices)
  const trace = createHash('sha256')
  const note = (text: string): void => void trace.update(`${text}\n`)
  let [edits, kills] = [0, 0]
  for (const device of devices) {
    device.onSegment = ({ device: other, seq, bytes }, outcome) => {
      note(`${device.id} ${other} ${seq} ${outcome.kind}`)
      if (outcome.kind === 'applied') witness.applied(device, bytes)
      if (outcome.kind === 'known') witness.problem('A segment was fetched that was applied already')
    }
  }

  const edit = (device: Device): void => {
    clock.now += 1 + chance.below(chance.happens(0.1) ? 3_600_000 : 50)
    edits++
    witness.editing(device, () => editAtRandom(device, chance))
  }
  const turn = async (device: Device): Promise<void> => {
    const pause = async (): Promise<void> => {
      if (chance.happens(bucket.faults.killed * 3)) throw new Killed()
      if (bucket.faults.lost > 0 && chance.happens(0.3)) edit(device)
    }
    try {
      const isPublishedFirst = chance.happens(0.5)
      if (isPublishedFirst) await exchange.publish(device)
      await exchange.pull(device, pause)
      if (!isPublishedFirst) await exchange.publish(device)
    } catch (error) {
      if (error instanceof Killed) {
        kills++
        note(`${device.id} killed`)
        device.start()
      } else if (!(error instanceof ConnectionLost)) throw error
    }
  }

  try {
    bucket.faults = faults
    const steps = 20 + chance.below(60)
    for (let step = 0; step < steps; step++) {
      const device = chance.pick(devices)
      if (chance.happens(0.05)) device.isOnline = !device.isOnline
      if (chance.happens(0.65)) edit(device)
      else if (device.isOnline) await turn(device)
    }
    bucket.faults = noFaults
    // Each says what of its own log is damaged in the bucket, and what is new, until nobody has anything to say.
    for (let round = 0, before = ''; round < 40; round++) {
      for (const device of devices) {
        exchange.peace(device)
        await turn(device)
      }
      const now = devices.map((device) => `${device.tail()} ${JSON.stringify(device.log.frontier())}`).join()
      // A round in which somebody only published what the last one sealed looks like rest, too.
      const isAtRest = devices.every((device) => hasAll(device, devices) && exchange.isPublished(device))
      if (now === before && isAtRest) break
      before = now
      if (round === 39) witness.problem('The devices never come to rest')
    }
    const told = toldAssets(await exchange.logs())
    const states = devices.map((device) => canonical(device, (asset) => told.has(asset)))
    for (const state of states) note(JSON.stringify(state))
    for (const [index, state] of states.entries()) {
      for (const [part, value] of Object.entries(state)) {
        const [mine, first] = [value, states[0]?.[part] ?? []].map((list) => list.map((entry) => JSON.stringify(entry)))
        const extra = mine?.filter((entry) => !first?.includes(entry)) ?? []
        const lacking = first?.filter((entry) => !mine?.includes(entry)) ?? []
        if (extra.length + lacking.length > 0)
          witness.problem(`Device ${index + 1} differs in ${part}: ${extra.join()} instead of ${lacking.join()}`)
      }
    }
    witness.check(told)
  } catch (error) {
    witness.problem(`Something was thrown: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  } finally {
    for (const device of devices) device.close()
    rmSync(root, { recursive: true, force: true })
  }
  return { seed, trace: trace.digest('hex'), problems: witness.problems, devices: count, edits, kills }
}

/** Assets that the logs tell of. */
export function toldAssets(logs: readonly SentObject[]): ReadonlySet<string> {
  const told = new Set<string>()
  for (const [, bytes] of logs) {
    for (const { entity, field, id } of decodeSegment(bytes).operations)
      if (entity === 'asset' && field === '') told.add(id)
  }
  return told
}
