import { VitrineError } from '../../../../shared/contract/errors.ts'
import { discardedKey } from '../../catalog/discardedSetting.ts'
import type { DepartingObject } from '../../catalog/workspaceObjects.repository.ts'
import { isHere } from '../cloudOnlyAssets.ts'
import { isOnRemote } from '../planUploads.ts'
import { holdsSame } from './holdsSame.ts'
import { mayLeave } from './mayLeave.ts'
import type { MirrorContext } from './mirrorContext.ts'
import { type WorkspaceJobs, type WorkspaceJobsOptions, workspaceJobs } from './workspaceJobs.ts'

const AT_ONCE = 4
const PAGE = 500

export interface ObjectRemovals extends WorkspaceJobs {
  /**
   * Looks which objects may go by now, and brings kept originals here that have no other place. Returns whether there are any
   * more to look at.
   */
  plan(): Promise<boolean>
}

/**
 * Removes objects from a workspace bucket whose assets were kept, discarded, or are gone. Each is looked at anew when its turn
 * comes: what was undone meanwhile stays, and so does a key that holds another content by now. Removing what is gone already
 * is no error, so all of it may be repeated after a kill.
 */
export function removeObjects(context: MirrorContext, onEnded: WorkspaceJobsOptions['onEnded']): ObjectRemovals {
  const { catalog, remoteId } = context
  const { workspaceObjects } = catalog
  let after: string | null = null

  /** Whether an object is not to be removed after all; it is then what it was before. */
  function stays(key: string): boolean {
    const object = workspaceObjects.departure(remoteId, key)
    if (object === undefined || object.state === 'waiting' || object.state === 'refused') return true
    if (object.state === 'gone' || isFree(context, object)) return false
    workspaceObjects.setState(remoteId, [key], 'taken')
    return true
  }

  const jobs = workspaceJobs({
    context,
    what: 'workspace-remove',
    atOnce: AT_ONCE,
    async work(store, key) {
      const object = workspaceObjects.find(remoteId, key)
      if (object === undefined || stays(key)) return 'done'
      const held = await store.head(key)
      if (held !== null && !holdsSame(object, held)) {
        throw new VitrineError('remote_checksum', `“${key}” holds something else by now. It is looked at again.`)
      }
      // Somebody may have changed their mind while the store was asked.
      if (stays(key)) return 'done'
      if (held !== null) await store.delete(key)
      if (workspaceObjects.find(remoteId, key)?.version === object.version)
        workspaceObjects.setState(remoteId, [key], 'gone')
      return 'done'
    },
    // It stays on the list of what is to be removed, for a person to see.
    onParked: () => false,
    onEnded,
  })

  return {
    ...jobs,
    get size() {
      return jobs.size
    },
    async plan() {
      const candidates = workspaceObjects.departing(remoteId, after ?? '', PAGE)
      await bringKept(context, candidates)
      const free = candidates.filter((object) => isFree(context, object))
      jobs.enqueue(free.map(({ key }) => ({ key, priority: 0 })))
      if (free.length > 0) {
        tellDiscarded(context, free)
        workspaceObjects.setState(
          remoteId,
          free.map(({ key }) => key),
          'leaving',
        )
      }
      after = candidates.length < PAGE ? null : (candidates.at(-1)?.key ?? null)
      return after !== null
    },
  }
}

/** Without a bucket of the library's own, this device is the place for what was kept. What can't come now comes later. */
async function bringKept(context: MirrorContext, candidates: readonly DepartingObject[]): Promise<void> {
  if (context.libraryRemote() !== undefined) return
  for (const { assetId, asset } of candidates) {
    if (assetId === null || asset?.space !== 'library' || asset.deletedAt !== null) continue
    try {
      await context.bringHere(assetId)
    } catch (error) {
      if (!(error instanceof VitrineError)) throw error
    }
  }
}

/**
 * Tells other devices which of these a person has discarded: they have assets of their own of the same objects, and can't tell
 * otherwise why these are not there any more.
 */
function tellDiscarded({ catalog, clock, libraryRemote }: MirrorContext, leaving: readonly DepartingObject[]): void {
  if (libraryRemote() === undefined) return
  const hashes = leaving.flatMap(({ asset, sha256 }) => {
    const isDiscarded = asset === null || (asset.space === 'workspace' && asset.deletedAt !== null && !asset.expired)
    return isDiscarded && sha256 !== null ? [sha256] : []
  })
  const untold = catalog.workspaceObjects.notSaidDiscarded([...new Set(hashes)])
  if (untold.length === 0) return
  const entry = { kind: 'stored', label: () => 'Told other devices what was discarded', groupId: 'discarded' }
  catalog.mutate({ ...entry, undoable: false, now: clock.now(), recordChanges: false }, (writer) => {
    for (const sha256 of untold) writer.set('librarySetting', discardedKey(sha256), 'value', 'true')
  })
}

/** Whether nothing would be lost with an object. One whose asset has other content by now stays as long as the asset. */
function isFree(context: MirrorContext, { assetId, asset: departed, sha256 }: DepartingObject): boolean {
  const { catalog, root } = context
  if (assetId === null) return false
  const asset = departed === null ? undefined : catalog.assets.findById(assetId)
  const isContent = asset !== undefined && asset.sha256 === sha256
  const remote = context.libraryRemote()
  return mayLeave({
    asset: departed,
    isHere: isContent && isHere(root, asset),
    isConfirmed: isContent && remote !== undefined && isOnRemote(catalog, remote.id, asset),
    hasLibraryRemote: remote !== undefined,
  })
}
