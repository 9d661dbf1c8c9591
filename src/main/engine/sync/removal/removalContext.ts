import type { DeviceId } from '../../../../shared/domain/ids.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { ObjectStore } from '../../ports.ts'
import { type DeviceManifest, readDeviceManifest } from '../deviceManifest.ts'
import { goneDevices } from '../retirement/goneDevices.ts'
import { listDevices } from '../retirement/listDevices.ts'
import type { SayContext } from '../sayHowFar.ts'

/** Who takes part in removals, and where. */
export interface RemovalContext extends SayContext {
  readonly catalog: SayContext['catalog'] & Pick<Catalog, 'journal'>
  readonly store: ObjectStore
  readonly signal: AbortSignal
  /** Milliseconds since the Unix epoch, by this computer. */
  readonly now: () => number
}

/** How long a round, or that a device is retired, has to stand before anything goes because of it, by the clock of the store, ms. */
export const LEAST_AGE_MS = 24 * 3_600_000

/** The other devices, and how far each is. */
export interface Roll {
  /** Of those that count: all that have said something of themselves and are not gone. Null for one that can't be understood. */
  readonly manifests: ReadonlyMap<DeviceId, DeviceManifest | null>
  /** Of those that were retired and are not waited for. */
  readonly gone: ReadonlyMap<DeviceId, DeviceManifest | null>
  /** The latest that any of them was written, this device’s too, by the clock of the store, ms; 0 if it does not tell. */
  readonly latest: number
}

/** Asks all devices how far they are. */
export async function callTheRoll(
  { catalog, store, owner }: Pick<RemovalContext, 'catalog' | 'store' | 'owner'>,
  leastAge = LEAST_AGE_MS,
): Promise<Roll> {
  const listing = await listDevices(store, owner)
  const all = new Map<DeviceId, DeviceManifest | null>()
  for (const device of new Set([...listing.devices.keys(), ...listing.retired.keys()]))
    if (device !== catalog.deviceId) all.set(device, await readDeviceManifest(store, owner, device))
  const gone = goneDevices(listing, all, leastAge)
  const part = (isGone: boolean) => new Map([...all].filter(([device]) => gone.has(device) === isGone))
  return { manifests: part(false), gone: part(true), latest: listing.latest }
}
