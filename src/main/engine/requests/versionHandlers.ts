import type { versionRequests } from '../../../shared/contract/requests/versionRequests.ts'
import { addVersion } from '../library/versions/addVersion.ts'
import { replaceContent } from '../library/versions/replaceContent.ts'
import { describeVersion, restoreVersion } from '../library/versions/restoreVersion.ts'
import type { EngineParts, Handlers } from './engineParts.ts'

/** Answers the requests of `versionRequests`. */
export function versionHandlers({ catalog, importer, now, startMedia }: EngineParts): Handlers<typeof versionRequests> {
  return {
    'versions.list': ({ id }) => [...catalog.versions.list(id)],
    'versions.add': ({ id, path, description }) => {
      startMedia()
      return addVersion(catalog, (file) => importer.store(file), id, path, description, now)
    },
    'versions.replace': ({ id, by, description }) => {
      startMedia()
      return replaceContent(catalog, id, by, description, now())
    },
    'versions.restore': ({ version }) => {
      startMedia()
      return restoreVersion(catalog, version, now())
    },
    'versions.describe': ({ version, description }) => describeVersion(catalog, version, description, now()),
  }
}
