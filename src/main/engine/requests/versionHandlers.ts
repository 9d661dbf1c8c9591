import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { versionRequests } from '../../../shared/contract/requests/versionRequests.ts'
import { thumbnailPath } from '../catalog/thumbnailPath.ts'
import { resolveStored } from '../library/import/placeOriginal.ts'
import { addVersion } from '../library/versions/addVersion.ts'
import { replaceContent } from '../library/versions/replaceContent.ts'
import { describeVersion, restoreVersion } from '../library/versions/restoreVersion.ts'
import type { EngineParts, Handlers } from './engineParts.ts'

/** Answers the requests of `versionRequests`. */
export function versionHandlers({
  catalog,
  folder,
  importer,
  now,
  startMedia,
  sync,
}: EngineParts): Handlers<typeof versionRequests> {
  return {
    'versions.list': ({ id }) =>
      catalog.versions.list(id).map((version) => ({
        ...version,
        is_here: existsSync(resolveStored(folder, version.storage_path)),
        has_thumbnail: existsSync(join(folder.root, thumbnailPath(version.sha256, 150))),
      })),
    'versions.add': ({ id, path, description }) => {
      startMedia()
      return addVersion(catalog, (file) => importer.store(file), id, path, description, now)
    },
    'versions.replace': async ({ id, by, description }) => {
      await sync.bringHere(by)
      startMedia()
      return replaceContent(catalog, id, by, description, now())
    },
    'versions.fetch': async ({ version }) => ({ outcome: await sync.bringVersion(version) }),
    'versions.restore': async ({ version }) => {
      await sync.bringVersion(version)
      startMedia()
      return restoreVersion(catalog, version, now())
    },
    'versions.describe': ({ version, description }) => describeVersion(catalog, version, description, now()),
  }
}
