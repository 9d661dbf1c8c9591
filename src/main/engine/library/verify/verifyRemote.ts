import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { RemoteId, Sha256 } from '../../../../shared/domain/ids.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { standingOf } from '../../catalog/objectStanding.ts'
import type { RemoteObject, RemoteRow } from '../../catalog/remotes.repository.ts'
import { thumbnailPath } from '../../catalog/thumbnailPath.ts'
import type { AssetFiles } from '../../catalog/verification.repository.ts'
import type { ObjectStore } from '../../ports.ts'
import { resolveStored } from '../import/placeOriginal.ts'
import type { LibraryFolder } from '../libraryFolder.ts'
import { fetchOriginal } from './fetchOriginal.ts'
import type { Findings } from './findings.ts'

/** Opens the library's bucket for as long as `work` takes; null when there is none. Rejects when it can't be reached. */
export interface LibraryBucket {
  withLibraryStore<T>(work: (store: ObjectStore, remote: RemoteRow) => Promise<T>): Promise<T | null>
}

export interface RemoteCheck {
  readonly catalog: Catalog
  readonly folder: LibraryFolder
  /** Hashes a file off this thread. Rejects with the typed errors of an import. */
  readonly hash: (path: string, signal: AbortSignal) => Promise<{ readonly sha256: Sha256 }>
  readonly store: Pick<ObjectStore, 'head' | 'get'>
  readonly remoteId: RemoteId
  /** Has the bucket store again what it has lost, from the good copy here. */
  readonly repair: boolean
  /** Reads every object and hashes it, instead of asking the bucket what it holds. */
  readonly deep: boolean
}

const PAGE = 200
/** Objects asked for at once. */
const AT_ONCE = 8
/** The thumbnail that goes into buckets, pixels. */
const STORED_THUMBNAIL = 600
const LOST =
  'The bucket does not hold the original as it should, and it is not here. Another device that has the file can bring it back: let it sync.'

/** Brings bytes of an asset, its original or an earlier version, from the library's bucket; false when that does not have them. */
export async function fetchFromBucket(
  catalog: Catalog,
  bucket: LibraryBucket,
  asset: AssetFiles,
  target: string,
): Promise<boolean> {
  const fetched = await bucket.withLibraryStore(async (store, remote) => {
    const { id, sha256, fileSizeBytes: size } = asset
    const object = catalog.remotes
      .objectsOf(remote.id, id)
      .find((stored) => stored.kind !== 'thumbnail' && stored.sha256 === sha256)
    if (object === undefined) return false
    try {
      await fetchOriginal(store, object.key, { sha256, size }, target)
      return true
    } catch (error) {
      // Then it is not the bucket that can help.
      if (error instanceof VitrineError && (error.code === 'not_found' || error.code === 'remote_checksum'))
        return false
      throw error
    }
  })
  return fetched === true
}

/** Asks the bucket for everything that it was shown to hold. */
export async function verifyRemote(
  tools: Omit<RemoteCheck, 'store' | 'remoteId'>,
  bucket: LibraryBucket,
  findings: Findings,
  signal: AbortSignal,
): Promise<void> {
  const { verification } = tools.catalog
  await bucket.withLibraryStore(async (store, { id: remoteId }) => {
    for (let after = ''; ; ) {
      const page = verification.stored(remoteId, after, PAGE)
      const last = page.at(-1)
      if (last === undefined) return
      after = last
      const queue = [...page]
      const work = async (): Promise<void> => {
        for (let id = queue.shift(); id !== undefined && !signal.aborted; id = queue.shift()) {
          const asset = verification.filesOf(id)
          if (asset !== undefined) await verifyStored({ ...tools, store, remoteId }, asset, findings, signal)
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, work))
      signal.throwIfAborted()
    }
  })
}

/**
 * Asks the bucket for what it was shown to hold of one asset. What it has lost or changed is forgotten, so that the next sync
 * stores it again, but only if the file here is shown to be sound; where neither is good, nothing is touched and the asset
 * says so. Throws what the store says. Returns how many objects were looked at.
 */
export async function verifyStored(
  check: RemoteCheck,
  asset: AssetFiles,
  findings: Findings,
  signal: AbortSignal,
): Promise<number> {
  const { catalog, remoteId } = check
  const objects = catalog.remotes.objectsOf(remoteId, asset.id)
  for (const object of objects) {
    const problem = await problemOf(check, object, signal)
    if (problem === null) continue
    if (problem === 'missing' && object.kind === 'sidecar' && object.verified === 'published') {
      // Nobody has said that it is there; whoever has it sends it.
      if (!check.repair) continue
      catalog.verification.forgetObject(object)
      catalog.assets.touch([asset.rowId])
      continue
    }
    findings.add('remote', { id: asset.id, path: object.key, remote: remoteId, key: object.key, problem })
    if (!check.repair) continue
    if (await isSoundHere(check, asset, object, signal)) {
      catalog.verification.forgetObject(object)
      if (object.kind === 'original') catalog.assets.setSyncState([{ id: asset.id, state: 'local', reason: null }])
      else catalog.assets.touch([asset.rowId])
      findings.add('repaired', { path: object.key, how: 'will be stored again by the next sync' })
    } else if (object.kind === 'original' && catalog.assets.isElsewhere(asset.id)) {
      catalog.assets.setSyncState([{ id: asset.id, state: 'cloud-only', reason: LOST }])
    }
  }
  // What stands beside it and was never sent is found when the asset is looked at.
  const hasUnsent = asset.sidecars.some(({ sha256 }) => objects.every(({ part }) => part !== sha256))
  if (check.repair && hasUnsent) catalog.assets.touch([asset.rowId])
  return objects.length
}

async function problemOf(
  { store, deep }: RemoteCheck,
  object: RemoteObject,
  signal: AbortSignal,
): Promise<'missing' | 'different' | null> {
  const standing = standingOf(object, await store.head(object.key))
  if (standing === 'missing' || standing === 'different') return standing
  const isKnown = object.kind !== 'thumbnail' || object.verified !== 'published'
  if (!deep || !isKnown) return null
  const hash = createHash('sha256')
  await pipeline(await store.get(object.key, undefined, signal), hash)
  return hash.digest('hex') === object.sha256 ? null : 'different'
}

/** Whether this device has the very bytes that the bucket should hold. */
async function isSoundHere(
  { folder, hash }: RemoteCheck,
  asset: AssetFiles,
  object: RemoteObject,
  signal: AbortSignal,
): Promise<boolean> {
  const path = pathOf(asset, object)
  if (path === null) return false
  try {
    const { sha256 } = await hash(resolveStored(folder, path), signal)
    // Of a thumbnail any that can be drawn will do.
    return object.kind === 'thumbnail' || sha256 === object.sha256
  } catch (error) {
    if (!(error instanceof VitrineError) || error.code === 'cancelled') throw error
    return false
  }
}

function pathOf(asset: AssetFiles, { kind, sha256 }: RemoteObject): string | null {
  switch (kind) {
    case 'original':
      return asset.sha256 === sha256 ? asset.storagePath : null
    case 'thumbnail':
      return thumbnailPath(asset.sha256, STORED_THUMBNAIL)
    case 'version':
      return asset.versions.find((version) => version.sha256 === sha256)?.path ?? null
    case 'sidecar':
      return asset.sidecars.find((sidecar) => sidecar.sha256 === sha256)?.path ?? null
  }
}
