import { createHash } from 'node:crypto'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { AssetId } from '../../../../shared/domain/ids.ts'
import type { Credentials } from '../../../../shared/domain/remote.ts'
import type { StoredAsset } from '../../catalog/assetRecords.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { RemoteRow } from '../../catalog/remotes.repository.ts'
import type { ObjectInfo, ObjectStore, PutFile, Verification } from '../../ports.ts'
import { isHere } from '../cloudOnlyAssets.ts'

/** How the bytes of a kept asset get into the library's bucket without being sent. */
export type CopyKept = (
  store: ObjectStore,
  asset: StoredAsset,
  key: string,
  file: PutFile,
) => Promise<{ readonly info: ObjectInfo; readonly verified: Verification } | null>

export interface CopyKeptOptions {
  readonly catalog: Catalog
  /** Folder of the library. */
  readonly root: string
  readonly credentialsOf: (remote: Pick<RemoteRow, 'id'>) => Credentials | null
  readonly libraryRemote: () => RemoteRow | undefined
  /** Brings an original here that is only in a workspace bucket. */
  readonly bringHere: (id: AssetId) => Promise<void>
}

/**
 * Copies the object that an asset was taken from to its key in the library's bucket, where both are of one service and opened by
 * the same keys, and shows that the copy holds the right bytes: like an upload where the original is here, else by reading it
 * back. Null where that can't be; the original is then here and is sent like any other. What an earlier attempt had copied is
 * not copied again.
 */
export function copyKept(options: CopyKeptOptions): CopyKept {
  const { catalog, root } = options

  async function proven(store: ObjectStore, asset: StoredAsset, key: string, file: PutFile): ReturnType<CopyKept> {
    if (isHere(root, asset)) return store.confirm(key, file)
    const info = await store.head(key)
    if (info === null || info.size !== asset.fileSizeBytes) return null
    const hash = createHash('sha256')
    for await (const chunk of (await store.get(key, undefined, file.signal)) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      await file.pace?.take(chunk.length, file.signal)
    }
    return hash.digest('hex') === asset.sha256 ? { info, verified: 'read-back' } : null
  }

  async function copied(store: ObjectStore, asset: StoredAsset, key: string, file: PutFile): ReturnType<CopyKept> {
    if (store.copyFrom === undefined) return null
    for (const object of catalog.workspaceObjects.ofAsset(asset.id)) {
      if (object.sha256 !== asset.sha256) continue
      const earlier = await proven(store, asset, key, file)
      if (earlier !== null) return earlier
      const source = catalog.remotes.list().find(({ id }) => id === object.remoteId)
      if (source === undefined || !opensBoth(source)) continue
      if (!(await tryToCopy(store, source, object.key, key, file))) continue
      const copy = await proven(store, asset, key, file)
      if (copy !== null) return copy
    }
    return null
  }

  function opensBoth(source: RemoteRow): boolean {
    const target = options.libraryRemote()
    if (target === undefined) return false
    const keys = [source, target].map((remote) => JSON.stringify(options.credentialsOf(remote)))
    return source.location.kind === 'folder' || keys[0] === keys[1]
  }

  return async (store, asset, key, file) => {
    const copy = await copied(store, asset, key, file)
    if (copy === null && !isHere(root, asset) && catalog.workspaceObjects.ofAsset(asset.id).length > 0) {
      await options.bringHere(asset.id)
    }
    return copy
  }
}

/** False for an object that is gone or has other bytes by now. */
async function tryToCopy(
  store: ObjectStore,
  { location }: RemoteRow,
  from: string,
  to: string,
  file: PutFile,
): Promise<boolean> {
  try {
    return (await store.copyFrom?.(location, from, to, file)) === true
  } catch (error) {
    if (!(error instanceof VitrineError)) throw error
    if (['not_found', 'remote_checksum', 'file_vanished', 'file_changing', 'name_invalid'].includes(error.code))
      return false
    throw error
  }
}
