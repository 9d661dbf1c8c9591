import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { MutationResult } from '../../../../shared/contract/requests/requestMap.ts'
import type { VersionId } from '../../../../shared/domain/version.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { StoredVersion } from '../../catalog/versions.repository.ts'
import { changeContent, contentOfVersion, requireAsset } from './changeContent.ts'

/**
 * Makes an earlier content current again, as a version of its own: nothing that came between is lost. `now` in ms. Throws
 * `not_found`, `invalid_request` for the version that is current.
 */
export function restoreVersion(catalog: Catalog, id: VersionId, now: number): MutationResult {
  const version = requireVersion(catalog, id)
  const asset = requireAsset(catalog, version.asset_id)
  if (version.sha256 === asset.sha256) {
    throw new VitrineError(
      'invalid_request',
      `Version ${version.version_number} is what “${asset.fileName}” shows already.`,
    )
  }
  return catalog.mutate(
    {
      kind: 'version',
      label: () => `Restored version ${version.version_number} of “${asset.fileName}”`,
      undoable: true,
      now,
    },
    (writer) => {
      const description = `Version ${version.version_number} again`
      changeContent(catalog, writer, asset, contentOfVersion(version), description, now)
    },
  )
}

/** Says what is new in a version, or no longer. Throws `not_found`. */
export function describeVersion(
  catalog: Catalog,
  id: VersionId,
  description: string | null,
  now: number,
): MutationResult {
  const version = requireVersion(catalog, id)
  return catalog.mutate(
    { kind: 'version', label: () => `Described version ${version.version_number}`, undoable: true, now },
    (writer) => writer.set('assetVersion', id, 'change_description', description || null),
  )
}

function requireVersion(catalog: Catalog, id: VersionId): StoredVersion {
  const version = catalog.versions.get(id)
  if (version === undefined) throw new VitrineError('not_found', 'That version does not exist any more.', { id })
  return version
}
