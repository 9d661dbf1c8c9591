import type { RequestOutput } from '../../../shared/contract/requests.ts'
import type { DeviceId } from '../../../shared/domain/ids.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { RemoteRow } from '../catalog/remotes.repository.ts'
import { describeDevices } from './describeDevices.ts'
import { type DeviceManifest, readDeviceManifest } from './deviceManifest.ts'
import type { Owner } from './objectKeys.ts'
import type { OpenRemote } from './openRemote.ts'
import { listDevices } from './retirement/listDevices.ts'
import { retireDevice } from './retirement/retireDevice.ts'
import type { SyncLoop } from './syncLoop.ts'
import type { Others, Tender } from './tendBucket.ts'

type Devices = RequestOutput<'sync.devices'>

/** The other devices of a library, for a person. */
export interface OtherDevices {
  /** As far as the last exchange has found out. */
  list(): Devices
  /** As the bucket has them now; of their logs nothing is read. Rejects with what the store says, and `not_found` without one. */
  look(): Promise<Devices>
  /** Says that one is gone for good. Rejects as `retireDevice` does. */
  retire(device: DeviceId): Promise<void>
}

export interface OtherDevicesOptions {
  readonly catalog: Catalog
  readonly owner: Owner
  readonly tender: Tender
  readonly libraryRemote: () => RemoteRow | undefined
  readonly logs: () => SyncLoop['logs']
  /** Does work with the library's bucket. */
  readonly withRemote: <T>(work: (remote: OpenRemote) => Promise<T>) => Promise<T>
  /** Has everybody looked at again. */
  readonly now: () => void
}

export function otherDevices(options: OtherDevicesOptions): OtherDevices {
  const { catalog, owner, withRemote } = options
  const { remoteLog, deviceId } = catalog

  function describe(others: Others): Devices {
    const remote = options.libraryRemote()
    const awaited = remote === undefined ? new Set<DeviceId>() : options.tender.heldUpBy(remote.id, others)
    return describeDevices(remoteLog.devices(), { ...options.logs(), listing: others.listing, awaited })
  }

  return {
    list: () => describe(options.logs().others),
    look: () =>
      withRemote(async ({ store }) => {
        const listing = await listDevices(store, owner)
        const manifests = new Map<DeviceId, DeviceManifest>()
        for (const device of listing.devices.keys()) {
          const manifest = device === deviceId ? null : await readDeviceManifest(store, owner, device)
          if (manifest === null) continue
          manifests.set(device, manifest)
          remoteLog.nameDevice(device, manifest.name)
        }
        return describe({ manifests, listing })
      }),
    async retire(device) {
      await withRemote(({ store }) => retireDevice(store, owner, device, deviceId))
      options.now()
    },
  }
}
