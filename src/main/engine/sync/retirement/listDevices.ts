import type { DeviceId } from '../../../../shared/domain/ids.ts'
import type { ObjectStore } from '../../ports.ts'
import { deviceOfKey, devicesPrefix, type Owner, retiredOfKey } from '../objectKeys.ts'

/** More than this nobody has; a listing that goes on and on ends here. */
const MOST_KEYS = 2000

/** What one listing of `devices/` tells. Times are by the clock of the store, ms since the epoch; null if it does not tell. */
export interface DeviceListing {
  /** Every device that has said something of itself, this one too: when, and what changes when it says something new. */
  readonly devices: ReadonlyMap<DeviceId, { readonly at: number | null; readonly mark: string }>
  /** Devices that a person has retired, and when. */
  readonly retired: ReadonlyMap<DeviceId, number | null>
  /** The latest of all these times, so not before it and hardly after it is now there; 0 if the store does not tell. */
  readonly latest: number
}

/** Lists the devices of a library. Throws what the store says. */
export async function listDevices(store: Pick<ObjectStore, 'list'>, owner: Owner): Promise<DeviceListing> {
  const devices = new Map<DeviceId, { readonly at: number | null; readonly mark: string }>()
  const retired = new Map<DeviceId, number | null>()
  let latest = 0
  let keys = 0
  for await (const { key, etag, size, modifiedAt } of store.list(devicesPrefix(owner))) {
    if (++keys > MOST_KEYS) break
    const gone = retiredOfKey(owner, key)
    const device = deviceOfKey(owner, key)
    if (gone !== null) retired.set(gone, modifiedAt)
    if (device !== null) devices.set(device, { at: modifiedAt, mark: `${etag ?? ''}/${modifiedAt ?? ''}/${size}` })
    if (gone !== null || device !== null) latest = Math.max(latest, modifiedAt ?? 0)
  }
  return { devices, retired, latest }
}
