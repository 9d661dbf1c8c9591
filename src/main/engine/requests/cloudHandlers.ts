import type { cloudRequests } from '../../../shared/contract/requests/cloudRequests.ts'
import type { EngineParts, Handlers } from './engineParts.ts'

/** Answers the requests of `cloudRequests`. */
export function cloudHandlers({ sync }: EngineParts): Handlers<typeof cloudRequests> {
  return {
    'sync.fetch': ({ ids }) => sync.fetch(ids),
    'sync.devices': () => sync.devices.list(),
    'sync.lookAtDevices': () => sync.devices.look(),
    'sync.retireDevice': ({ device }) => sync.devices.retire(device),
    'sync.confirmRemovals': ({ device, seq }) => sync.confirmRemovals(device, seq),
  }
}
