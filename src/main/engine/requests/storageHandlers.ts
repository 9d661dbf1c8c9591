import type { storageRequests } from '../../../shared/contract/requests/storageRequests.ts'
import { measureDisk } from '../library/storageOnDisk.ts'
import { readQuotas } from '../library/storageQuotas.ts'
import type { EngineParts, Handlers } from './engineParts.ts'

/** Answers the requests of `storageRequests`. */
export function storageHandlers({ catalog, folder, reader, sync }: EngineParts): Handlers<typeof storageRequests> {
  return {
    'storage.usage': async () => {
      const [usage, disk] = await Promise.all([reader.usage(), measureDisk(folder)])
      const elsewhere = catalog.localOriginals.bytesElsewhere()
      return { ...usage, disk: { ...disk, elsewhere }, quotas: readQuotas(catalog) }
    },
    'storage.quotas': () => readQuotas(catalog),
    'remotes.configure': ({ id, policy }) => sync.remotes.configure(id, policy),
  }
}
