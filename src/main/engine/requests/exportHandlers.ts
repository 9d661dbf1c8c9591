import type { exportRequests } from '../../../shared/contract/requests/exportRequests.ts'
import { exportMetadata } from '../library/export/exportMetadata.ts'
import type { EngineParts, Handlers } from './engineParts.ts'

/** Answers the requests of `exportRequests`. */
export function exportHandlers({ catalog }: EngineParts): Handlers<typeof exportRequests> {
  return {
    'export.metadata': ({ assets, format, path }) => exportMetadata(catalog, assets, format, path),
  }
}
