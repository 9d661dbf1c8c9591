import { basename } from 'node:path'
import type { ImportId, Sha256 } from '../../../../shared/domain/ids.ts'
import { adoptedCell } from '../../catalog/adoptedKey.ts'
import type { ObjectToAdopt } from '../../catalog/adoptedObjects.repository.ts'
import type { StoredAsset } from '../../catalog/assetRecords.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { changeContent } from '../versions/changeContent.ts'
import type { ReadFile } from './copyFile.ts'
import type { IdentifiedType } from './identifyType.ts'

/** The asset that shows what an object held before, if the object has other bytes now. */
export function assetOfChanged(catalog: Catalog, object: ObjectToAdopt, sha256: Sha256): StoredAsset | undefined {
  const known = catalog.adopted.find(object.remoteId, object.key)
  const asset = known === undefined ? undefined : catalog.assets.findById(known.assetId)
  // One that a person has given other content since goes its own way, and so does one in Trash.
  if (asset?.sha256 !== known?.sha256 || asset?.sha256 === sha256 || asset?.deletedAt !== null) return undefined
  return asset
}

/**
 * Gives an asset the bytes that its object has now as a new version, and settles the item, in one transaction. The bytes stand
 * in their place already.
 */
export function adoptChange(
  catalog: Catalog,
  asset: StoredAsset,
  object: ObjectToAdopt,
  { read, type, storagePath }: { readonly read: ReadFile; readonly type: IdentifiedType; readonly storagePath: string },
  item: { readonly importId: ImportId; readonly itemId: number },
  now: number,
): void {
  const content = {
    ...type,
    sha256: read.sha256,
    storagePath,
    fileName: basename(object.key),
    bytes: read.size,
    createdAt: Math.round(read.mtimeMs),
  }
  const label = (): string => `Read “${asset.fileName}” again, which another program has changed`
  catalog.mutate({ kind: 'version', label, undoable: false, now }, (writer) => {
    changeContent(catalog, writer, asset, content, null, now)
    writer.set('asset', asset.id, 'object_key', adoptedCell(read.sha256, object.key))
    catalog.adopted.take({ id: asset.id, sha256: read.sha256 }, object, !object.keep)
    catalog.imports.settle(item.importId, [{ itemId: item.itemId, result: { kind: 'imported', as: asset.id } }])
  })
  // What it had may have been in the bucket only; what it has now is here.
  catalog.assets.setSyncState([{ id: asset.id, state: 'local', reason: null }])
}
