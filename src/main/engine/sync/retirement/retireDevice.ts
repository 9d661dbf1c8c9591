import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { DeviceId } from '../../../../shared/domain/ids.ts'
import type { ObjectStore } from '../../ports.ts'
import { deviceKey, logPrefix, type Owner, retirementKey } from '../objectKeys.ts'

/**
 * Says in the bucket that a device does not count any more, for ever; saying it again renews the time. Throws
 * `invalid_request` for the device that says it, `not_found` for one that the bucket does not know, and what the store says.
 */
export async function retireDevice(
  store: Pick<ObjectStore, 'head' | 'list' | 'putBytes'>,
  owner: Owner,
  device: DeviceId,
  by: DeviceId,
): Promise<void> {
  if (device === by)
    throw new VitrineError('invalid_request', 'A computer can’t retire itself. Do it on another one of this library.')
  if (!(await isKnown(store, owner, device)))
    throw new VitrineError('not_found', 'No such device has synced with this remote.')
  const bytes = Buffer.from(`${JSON.stringify({ format: 1, library: owner, device, by })}\n`)
  await store.putBytes(retirementKey(owner, device), bytes, 'application/json')
}

/** One that was killed the first time may have left a log and no manifest. */
async function isKnown(store: Pick<ObjectStore, 'head' | 'list'>, owner: Owner, device: DeviceId): Promise<boolean> {
  if ((await store.head(deviceKey(owner, device))) !== null) return true
  for await (const _ of store.list(logPrefix(owner, device))) return true
  return false
}
