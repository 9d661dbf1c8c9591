import type { AssetId, RemoteId, Sha256 } from '../../../shared/domain/ids.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { RemoteObject } from '../catalog/remotes.repository.ts'
import type { ObjectInfo, ObjectStore, PutFile, Verification } from '../ports.ts'

export interface ObjectToBring {
  readonly assetId: AssetId
  readonly kind: RemoteObject['kind']
  readonly part?: Sha256
  readonly key: string
  readonly file: PutFile
  /** It can't be there yet, so it is not asked for. */
  readonly isFirst: boolean
}

interface BringContext {
  readonly catalog: Catalog
  readonly store: ObjectStore
  readonly remoteId: RemoteId
  readonly now: () => number
}

/** Confirms or sends one object, and records it. Returns whether it was sent. */
export async function bringObject(context: BringContext, object: ObjectToBring): Promise<boolean> {
  const { key, file, isFirst } = object
  const held = isFirst ? null : await context.store.confirm(key, file)
  recordShown(context, object, held ?? (await context.store.putFile(key, file)))
  return held === null
}

/** Writes down what the store has shown to hold. */
export function recordShown(
  { catalog, remoteId, now }: Pick<BringContext, 'catalog' | 'remoteId' | 'now'>,
  { assetId, kind, part, key, file: { sha256 } }: Omit<ObjectToBring, 'isFirst'>,
  { info, verified }: { readonly info: ObjectInfo; readonly verified: Verification },
): void {
  const { size, etag } = info
  const of = part === undefined ? {} : { part }
  catalog.remotes.recordObject({ remoteId, assetId, kind, ...of, key, sha256, size, etag, verified, verifiedAt: now() })
}
