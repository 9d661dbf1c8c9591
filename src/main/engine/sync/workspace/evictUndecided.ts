import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { StoredAsset } from '../../catalog/assetRecords.ts'
import { isStoredPath } from '../../catalog/sync/usableOperation.ts'
import type { LocalCopy } from '../../catalog/workspaceObjects.repository.ts'
import type { ObjectStore } from '../../ports.ts'
import { type EvictContext, removeHere } from '../care/evictOriginal.ts'
import { isHere } from '../cloudOnlyAssets.ts'
import { holdsSame } from './holdsSame.ts'
import type { MirrorContext } from './mirrorContext.ts'

/** What was read within this time stays: somebody may look at it still. */
const IN_USE_MS = 10 * 60_000
/** Originals that go after one look, so that new arrivals need not wait. */
const AT_MOST = 50

export type UndecidedContext = Pick<MirrorContext, 'catalog' | 'clock' | 'root' | 'remoteId'> &
  Pick<EvictContext, 'exclusively'>

/**
 * Removes originals of undecided assets from this device, those read longest ago first, until no more than `budgetBytes` of
 * originals are here: the bucket that they came from is shown to have them, and they are fetched again when somebody wants them.
 * Nothing goes from here while a bucket deletes by rules of its own. Returns how many went. Throws what the store says.
 */
export async function evictUndecided(
  context: UndecidedContext,
  store: Pick<ObjectStore, 'head'>,
  budgetBytes: number,
): Promise<number> {
  const { catalog, clock, remoteId } = context
  if (catalog.remotes.policyOf(remoteId).retentionDays !== null) return 0
  const copies = catalog.workspaceObjects.alsoHere(remoteId)
  let bytes = catalog.localOriginals.bytesHere() + copies.reduce((sum, { size }) => sum + size, 0)
  let evicted = 0
  for (const copy of copies) {
    if (bytes <= budgetBytes || evicted >= AT_MOST || copy.usedAt > clock.now() - IN_USE_MS) break
    if (!(await evictOne(context, store, copy))) continue
    bytes -= copy.size
    evicted++
  }
  return evicted
}

async function evictOne(
  context: UndecidedContext,
  store: Pick<ObjectStore, 'head'>,
  { key, assetId }: LocalCopy,
): Promise<boolean> {
  const { catalog, root, remoteId, clock } = context
  const object = catalog.workspaceObjects.find(remoteId, key)
  const asset = catalog.assets.findById(assetId)
  if (object === undefined || asset === undefined) return false
  const held = await store.head(key)
  if (held === null || !holdsSame(object, held)) return false
  return context.exclusively(asset.sha256, async () => {
    const present = catalog.assets.findById(assetId)
    const state = catalog.workspaceObjects.find(remoteId, key)?.state
    if (present?.sha256 !== object.sha256 || state !== 'taken' || !mayGo(context, present)) return false
    try {
      await removeHere({ catalog, root, now: () => clock.now() }, present)
      return true
    } catch (error) {
      // It stays, like any file that can't be removed now.
      if (error instanceof VitrineError) return false
      throw error
    }
  })
}

/** Whether nothing but the Workspace has the file, and nobody has still to read it. */
function mayGo({ catalog, root }: UndecidedContext, asset: StoredAsset): boolean {
  const { assets, localOriginals } = catalog
  return (
    asset.space === 'workspace' &&
    asset.deletedAt === null &&
    asset.status === 'available' &&
    isStoredPath(asset.storagePath) &&
    assets.findByStoragePath(asset.storagePath).length === 1 &&
    !localOriginals.isToBeRead(asset.id) &&
    !localOriginals.isVersionOfAnother(asset.storagePath, asset.id) &&
    isHere(root, asset)
  )
}
