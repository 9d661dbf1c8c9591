import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { AssetId, RowId } from '../../../../shared/domain/ids.ts'
import type { VersionId } from '../../../../shared/domain/version.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { RemoteRow } from '../../catalog/remotes.repository.ts'
import { isHere } from '../cloudOnlyAssets.ts'

type Places = { readonly catalog: Pick<Catalog, 'onlyThere' | 'workspaceObjects' | 'assets'>; readonly root: string }

/** Files that a remote has and this computer has not: how many, and their bytes. */
export interface OnlyThere {
  readonly count: number
  readonly bytes: number
}

/** Assets whose originals are asked for at once. */
const BATCH = 100

/** Originals and earlier versions that could not be had any more here if a remote were forgotten. */
export function onlyThere(places: Places, remote: Pick<RemoteRow, 'id' | 'role'>): OnlyThere {
  if (remote.role === 'workspace') return sum(undecidedThere(places, remote).map(({ fileSizeBytes }) => fileSizeBytes))
  if (remote.role !== 'library') return { count: 0, bytes: 0 }
  const originals = places.catalog.onlyThere.count(remote.id)
  const versions = sum(versionsThere(places, remote).map(({ size }) => size))
  return { count: originals.count + versions.count, bytes: originals.bytes + versions.bytes }
}

/** The same files, some at a time, each once; what is brought here meanwhile is left out. */
export function* eachOnlyThere(
  places: Places,
  remote: Pick<RemoteRow, 'id' | 'role'>,
): Generator<{ readonly assets: readonly AssetId[] } | { readonly version: VersionId }> {
  if (remote.role === 'workspace') {
    const ids = undecidedThere(places, remote).map(({ id }) => id)
    for (let at = 0; at < ids.length; at += BATCH) yield { assets: ids.slice(at, at + BATCH) }
    return
  }
  for (let after: RowId | 0 = 0; ; ) {
    const batch = places.catalog.onlyThere.originals(remote.id, after, BATCH)
    const last = batch.at(-1)
    if (last === undefined) break
    after = last.row
    yield { assets: batch.map(({ id }) => id) }
  }
  for (const { id } of versionsThere(places, remote)) yield { version: id }
}

/** Throws `invalid_request` with `count` and `bytes` if there are such files. */
export function refuseLoss({ name, role }: Pick<RemoteRow, 'name' | 'role'>, { count, bytes }: OnlyThere): void {
  if (count === 0) return
  const what = count === 1 ? '1 file is' : `${count} files are`
  const how =
    role === 'workspace'
      ? 'Fetch them, discard them, or keep them and wait until they have been copied; then remove it.'
      : 'Fetch them first, or say that they are to be left there.'
  throw new VitrineError('invalid_request', `${what} only in “${name}”, and not on this computer. ${how}`, {
    count,
    bytes,
  })
}

function undecidedThere({ catalog, root }: Places, { id }: Pick<RemoteRow, 'id'>) {
  return catalog.workspaceObjects.onlyThere(id).flatMap((asset) => {
    const stored = catalog.assets.findById(asset)
    return stored === undefined || isHere(root, stored) ? [] : [stored]
  })
}

function versionsThere({ catalog, root }: Places, { id }: Pick<RemoteRow, 'id'>) {
  return catalog.onlyThere
    .versions(id)
    .filter(({ storagePath, size }) => !isHere(root, { storagePath, fileSizeBytes: size }))
}

function sum(sizes: readonly number[]): OnlyThere {
  return { count: sizes.length, bytes: sizes.reduce((total, size) => total + size, 0) }
}
