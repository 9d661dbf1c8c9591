import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { GenerationRequest } from '../../../../shared/domain/generationRequest.ts'
import type { AssetId } from '../../../../shared/domain/ids.ts'
import type { RequestMedia } from '../../../../shared/domain/requestMedia.ts'
import type { StoredAsset } from '../../catalog/assetRecords.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { ReferenceCopy } from '../../catalog/referenceCopies.repository.ts'
import type { RemoteRow } from '../../catalog/remotes.repository.ts'
import type { BringHere, ObjectStore, Pace } from '../../ports.ts'
import { type Owner, referenceKey } from '../objectKeys.ts'
import { publicUrl } from '../share/publicUrl.ts'
import { originalPath } from '../uploadAsset.ts'
import { whyRefused } from '../uploadPolicy.ts'

/** Copies that are made at once. */
const AT_ONCE = 4
const DAY_MS = 24 * 3_600_000

export interface MediaContext {
  readonly catalog: Catalog
  readonly owner: Owner
  /** Folder of the library. */
  readonly root: string
  readonly now: () => number
  readonly pace: Pace
  readonly bringHere: BringHere
}

type Medium = RequestMedia['media'][number]

/**
 * Gives a generator what a request is to look at: a copy of each reference in a remote of the role `references`, as far as its
 * rules take it, and the address of each. What is there already is not sent again. Throws what the store as a whole says;
 * what is wrong with one file is its own answer.
 */
export async function referenceMedia(
  context: MediaContext,
  remote: RemoteRow,
  store: ObjectStore,
  { id, references }: Pick<GenerationRequest, 'id' | 'references'>,
  expiresSeconds: number,
): Promise<RequestMedia> {
  const { catalog } = context
  const media: Medium[] = []
  const queue = [...references.entries()]
  let failure: VitrineError | null = null
  /** Bytes of copies that are being made: the quota is for all of them. */
  let reserved = 0

  async function mediumOf(asset: StoredAsset, isInTrash: boolean): Promise<Medium> {
    const { sha256, fileSizeBytes: size } = asset
    const none = (reason: string): Medium => ({ ...nothing(asset), reason })
    if (isInTrash) return none('It is in Trash.')
    const key = referenceKey(context.owner, id, asset)
    const copy: ReferenceCopy = {
      remoteId: remote.id,
      requestId: id,
      assetId: asset.id,
      key,
      sha256,
      size,
      storedAt: 0,
    }
    let storedAt = catalog.referenceCopies.find(copy)?.storedAt ?? null
    if (
      storedAt !== null &&
      (isRunningOut(remote, storedAt, expiresSeconds, context.now()) || !(await isThere(copy)))
    ) {
      storedAt = null
    }
    if (storedAt === null) {
      const refusal = whyRefused(remote.policy, asset, catalog.remotes.usedBytes(remote.id) + reserved)
      if (refusal !== null) return none(refusal)
      reserved += size
      try {
        await context.bringHere(asset.id)
        const path = originalPath(context.root, asset)
        await store.putFile(key, { path, size, sha256, contentType: asset.mimeType, pace: context.pace })
      } finally {
        reserved -= size
      }
      storedAt = context.now()
      catalog.referenceCopies.record({ ...copy, storedAt })
    }
    return { ...nothing(asset), ...addressOf(remote, store, key, storedAt, expiresSeconds, context.now()) }
  }

  async function isThere({ key, size, sha256 }: ReferenceCopy): Promise<boolean> {
    const info = await store.head(key)
    return info !== null && info.size === size && (info.sha256 === null || info.sha256 === sha256)
  }

  async function work(): Promise<void> {
    for (let next = queue.shift(); next !== undefined && failure === null; next = queue.shift()) {
      const [at, { id: assetId, in_trash }] = next
      const asset = catalog.assets.findById(assetId)
      try {
        media[at] = asset === undefined ? gone(assetId) : await mediumOf(asset, in_trash)
      } catch (error) {
        if (!(error instanceof VitrineError)) throw error
        if (asset === undefined || error.code.startsWith('remote_')) failure ??= error
        else media[at] = { ...nothing(asset), reason: error.message }
      }
    }
  }

  await Promise.all(Array.from({ length: AT_ONCE }, work))
  if (failure !== null) throw failure
  return { remote: remote.name, media }
}

/** Whether a copy will not be there for as long as its address is wanted although a new one would, or half as long as one. */
function isRunningOut({ policy }: RemoteRow, storedAt: number, expiresSeconds: number, now: number): boolean {
  if (policy.retentionDays === null) return false
  const kept = policy.retentionDays * DAY_MS
  return storedAt + kept - now < Math.min(expiresSeconds * 1000, kept / 2)
}

/** The address of a copy: public, or one that expires, or a path. What the remote forgets has no address after that. */
function addressOf(
  remote: RemoteRow,
  store: ObjectStore,
  key: string,
  storedAt: number,
  expiresSeconds: number,
  now: number,
): Pick<Medium, 'url' | 'expires_at' | 'reason'> {
  const { policy, location } = remote
  const goneAt = policy.retentionDays === null ? null : storedAt + policy.retentionDays * DAY_MS
  const open = policy.visibility === 'public' ? publicUrl(remote, key) : null
  const lasting = open ?? (location.kind === 'folder' ? fileUrl(location, key) : null)
  if (lasting !== null) return { url: lasting, expires_at: goneAt === null ? null : iso(goneAt), reason: null }
  const url = store.link(key, expiresSeconds)
  if (url === null) return { url: null, expires_at: null, reason: `“${remote.name}” has no addresses for its files.` }
  const expiresAt = now + expiresSeconds * 1000
  return { url, expires_at: iso(goneAt === null ? expiresAt : Math.min(goneAt, expiresAt)), reason: null }
}

function fileUrl({ path, prefix }: Extract<RemoteRow['location'], { kind: 'folder' }>, key: string): string {
  return pathToFileURL(join(path, prefix, key)).href
}

function nothing({ id, fileName }: Pick<StoredAsset, 'id' | 'fileName'>): Medium {
  return { id, file_name: fileName, url: null, expires_at: null, reason: null }
}

function gone(id: AssetId): Medium {
  return { ...nothing({ id, fileName: '' }), reason: 'It does not exist any more.' }
}

function iso(time: number): string {
  return new Date(time).toISOString()
}
