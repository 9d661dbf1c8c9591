import type { DeviceId } from '../../../../shared/domain/ids.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { ObjectStore } from '../../ports.ts'
import { type DeviceManifest, readDeviceManifest } from '../deviceManifest.ts'
import { deviceOfKey, devicesPrefix } from '../objectKeys.ts'
import type { SayContext } from '../sayHowFar.ts'

/** Who takes part in removals, and where. */
export interface RemovalContext extends SayContext {
  readonly catalog: SayContext['catalog'] & Pick<Catalog, 'journal'>
  readonly store: ObjectStore
  readonly signal: AbortSignal
  /** Milliseconds since the Unix epoch, by this computer. */
  readonly now: () => number
}

/** Devices that count: all that have said something of themselves. */
export interface Roll {
  /** Of the others; null for one that can't be understood. */
  readonly manifests: ReadonlyMap<DeviceId, DeviceManifest | null>
  /** The latest that any of them was written, this device’s too, by the clock of the store, ms; 0 if it does not tell. */
  readonly latest: number
}

/** Asks all devices how far they are. */
export async function callTheRoll({ catalog, store, owner }: RemovalContext): Promise<Roll> {
  const manifests = new Map<DeviceId, DeviceManifest | null>()
  let latest = 0
  for await (const { key, modifiedAt } of store.list(devicesPrefix(owner))) {
    const device = deviceOfKey(owner, key)
    if (device === null) continue
    latest = Math.max(latest, modifiedAt ?? 0)
    if (device !== catalog.deviceId) manifests.set(device, null)
  }
  for (const device of manifests.keys()) manifests.set(device, await readDeviceManifest(store, owner, device))
  return { manifests, latest }
}
