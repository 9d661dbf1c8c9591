import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { AssetId, Sha256 } from '../../../../shared/domain/ids.ts'
import type { WorkspaceObject } from '../../catalog/workspaceObjects.repository.ts'
import type { ObjectStore } from '../../ports.ts'
import { whyRefused } from '../uploadPolicy.ts'
import { fetchObject } from './fetchObject.ts'
import type { MirrorContext } from './mirrorContext.ts'
import { localName, readObjectKey } from './objectName.ts'
import { type WorkspaceJobs, type WorkspaceJobsOptions, workspaceJobs } from './workspaceJobs.ts'

const AT_ONCE = 6
/** When a file that waits for better conditions is looked at again without a word from the system, ms. */
const SPARING_PAUSE_MS = 600_000
const SETTLED_MS = 2_000

/** Where objects lie on this computer until they are taken in. */
export function arrivalsFolder(root: string): string {
  return join(root, 'cache', 'arrivals')
}

/**
 * Brings objects of a workspace bucket into the Workspace: fetched to a file of their own, identified, checked against the
 * bucket's rules, taken in like any other file. The file's path is made of remote, key and version, so that after a kill the
 * import's own record tells whether that very content has become an asset.
 */
export function takeObjects(context: MirrorContext, onEnded: WorkspaceJobsOptions['onEnded']): WorkspaceJobs {
  const { catalog, remoteId, transfers, clock } = context
  const { workspaceObjects } = catalog

  return workspaceJobs({
    context,
    what: 'workspace-take',
    atOnce: AT_ONCE,
    async work(store, key, signal) {
      const object = workspaceObjects.find(remoteId, key)
      if (object?.state !== 'waiting') return 'done'
      if (transfers.mustWait(object.size)) return { later: clock.now() + SPARING_PAUSE_MS }
      await takeOne(context, store, object, signal)
      return 'done'
    },
    onParked(key, error) {
      if (error.code === 'not_found') workspaceObjects.setState(remoteId, [key], 'gone')
      else workspaceObjects.refused(remoteId, key, error)
      return true
    },
    onEnded,
  })
}

async function takeOne(
  context: MirrorContext,
  store: ObjectStore,
  object: WorkspaceObject,
  signal: AbortSignal,
): Promise<void> {
  const { catalog, remoteId, arrivals, base } = context
  const { key, size, job, version } = object
  const name = readObjectKey(base, key)
  if (name.kind !== 'file') throw new VitrineError('name_invalid', 'Its name is not a plain path.')
  const path = pathFor(context, object, localName(name.fileName))
  const known = arrivals.takenAs(path)
  if (known !== undefined) {
    return note(context, object, known, catalog.assets.findById(known)?.sha256 ?? null)
  }
  // What is in the bucket already takes no more of its quota here.
  const policy = { ...catalog.remotes.policyOf(remoteId), quotaBytes: null }
  refuse(whyRefused({ ...policy, allowedMimeTypes: null }, { mimeType: '', fileSizeBytes: size }, 0))
  if (size === 0) throw new VitrineError('empty_file', 'There is nothing in it.')
  try {
    // Whoever takes it in would wait for a file that is quite new to come to rest.
    const writtenAt = Math.min(object.modifiedAt ?? Number.MAX_VALUE, context.clock.now() - SETTLED_MS)
    await fetchObject({ store, key, size, writtenAt, target: path, signal, pace: context.transfers.down })
    const { sha256, mimeType } = await arrivals.identify(path, signal)
    refuse(whyRefused(policy, { mimeType, fileSizeBytes: size }, 0))
    // What the key holds by now is another content: it has a job of its own.
    if (catalog.workspaceObjects.find(remoteId, key)?.version !== version) return
    note(context, object, await arrivals.takeIn({ path, bytes: size, job }), sha256)
  } finally {
    await rm(dirname(path), { recursive: true, force: true })
  }
}

function note(
  { catalog, remoteId }: MirrorContext,
  { key, version }: WorkspaceObject,
  assetId: AssetId,
  sha256: Sha256 | null,
): void {
  if (catalog.workspaceObjects.find(remoteId, key)?.version !== version) return
  catalog.workspaceObjects.taken(remoteId, key, assetId, sha256)
}

function refuse(reason: string | null): void {
  if (reason !== null) throw new VitrineError('remote_policy', reason)
}

function pathFor({ remoteId, root }: MirrorContext, { key, version }: WorkspaceObject, name: string): string {
  const own = createHash('sha256').update(`${remoteId}\n${version}\n${key}`).digest('hex').slice(0, 32)
  return join(arrivalsFolder(root), own, name)
}
