import type { RemoteId } from '../../../shared/domain/ids.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { ObjectStore } from '../ports.ts'
import { type DeviceManifest, deviceName, writeDeviceManifest } from './deviceManifest.ts'
import type { Owner } from './objectKeys.ts'

/** Who says how far it is, and where. */
export interface SayContext {
  readonly catalog: Pick<Catalog, 'deviceId' | 'publication' | 'remoteLog' | 'removals' | 'getSetting' | 'setSetting'>
  readonly store: Pick<ObjectStore, 'putBytes'>
  readonly remoteId: RemoteId
  readonly owner: Owner
  /** Folder of the library. */
  readonly root: string
}

/** Writes the manifest of this device if it does not say yet what it has to; with `anyway` also if it does. */
export async function sayHowFar(context: SayContext, anyway = false): Promise<void> {
  await say(context, manifestOf(context), anyway)
}

/** Says that this device has heard of its retirement, and does nothing more under this name. */
export async function sayRetired(context: SayContext): Promise<void> {
  await say(context, { ...manifestOf(context), retired: true }, false)
}

async function say(context: SayContext, manifest: DeviceManifest, anyway: boolean): Promise<void> {
  const { catalog, store, owner, remoteId } = context
  const setting = `remote.${remoteId}.manifest`
  const text = JSON.stringify(manifest)
  if (!anyway && catalog.getSetting(setting) === text) return
  await writeDeviceManifest(store, owner, manifest)
  catalog.setSetting(setting, text)
}

function manifestOf({ catalog, owner, remoteId, root }: SayContext): DeviceManifest {
  const position = catalog.publication.position(remoteId)
  const self = catalog.deviceId
  const rounds = catalog.removals.rounds(remoteId)
  const own = rounds.filter(({ device, createdAt }) => device === self && createdAt !== null)
  const agreed = rounds.filter((round) => round.device !== self && round.agreed)
  return {
    format: 1,
    library: owner,
    device: self,
    name: deviceName(root),
    seq: position?.seq ?? 0,
    sha256: position?.sha256 ?? null,
    applied: { ...catalog.remoteLog.frontier() },
    ...(own.length + agreed.length > 0 && {
      removals: {
        own: own.map(({ id, state }) => ({ id, deleting: state === 'deleting' })),
        agreed: Object.fromEntries(agreed.map(({ id, kept }) => [id, [...kept]])),
      },
    }),
  }
}
