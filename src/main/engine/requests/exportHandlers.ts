import type { exportRequests } from '../../../shared/contract/requests/exportRequests.ts'
import { exportFiles } from '../library/export/exportFiles.ts'
import { exportMetadata } from '../library/export/exportMetadata.ts'
import type { EngineParts, Handlers } from './engineParts.ts'

/** Answers the requests of `exportRequests`. */
export function exportHandlers({ catalog, folder, renderer, sync }: EngineParts): Handlers<typeof exportRequests> {
  return {
    'export.metadata': ({ assets, format, path }) => exportMetadata(catalog, assets, format, path),
    'export.files': ({ assets: selection, export: settings, folder: target }) =>
      exportFiles({ catalog, renderer, folder, bringHere: sync.bringHere, selection, settings, target }),
  }
}
