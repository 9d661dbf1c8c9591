import type { importRequests } from '../../../shared/contract/requests/importRequests.ts'
import { stageFile } from '../library/import/stageFile.ts'
import { fetchPicture } from '../library/import/web/fetchPicture.ts'
import type { EngineParts, Handlers } from './engineParts.ts'

/** Answers the requests of `importRequests`. */
export function importHandlers(parts: EngineParts): Handlers<typeof importRequests> {
  const { importer } = parts
  return {
    'imports.stage': ({ name, bytes }) => ({ path: stageFile(parts.folder, name, bytes) }),
    'imports.fetch': async ({ address }) => ({ path: await fetchPicture(parts.folder, address) }),
    'imports.preview': ({ paths }) => importer.preview(paths),
    'imports.start': ({ paths, options, source }) => {
      parts.startMedia()
      return importer.start(paths, options, source)
    },
    'imports.list': () => [...importer.list()],
    'imports.get': ({ id }) => importer.get(id),
    'imports.failures': ({ id }) => [...importer.failures(id)],
    'imports.report': ({ id }) => importer.report(id),
    'imports.cancel': ({ id }) => importer.cancel(id),
    'imports.retry': ({ id }) => {
      parts.startMedia()
      return importer.retry(id)
    },
    'imports.dismiss': ({ id }) => importer.dismiss(id),
    'imports.settings': () => parts.importSettings.read(),
    'imports.configure': (change) => parts.importSettings.change(change),
    'imports.testScanner': async ({ address }) => ({ version: await parts.importSettings.testScanner(address) }),
    'imports.drained': () => parts.whenDrained(),
    'watchedFolders.list': () => parts.watchedFolders.list(),
    'watchedFolders.add': ({ path, space }) => parts.watchedFolders.add(path, space),
    'watchedFolders.remove': ({ id, assets }) => parts.watchedFolders.remove(id, assets),
    'watchedFolders.rescan': ({ id }) => {
      parts.startMedia()
      return parts.watchedFolders.rescan(id)
    },
  }
}
