import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import { renderExtensions } from '../../../../shared/domain/fileExport.ts'
import { type AssetId, sha256Schema } from '../../../../shared/domain/ids.ts'
import type { Credentials } from '../../../../shared/domain/remote.ts'
import type { Share, ShareCheck, ShareKind } from '../../../../shared/domain/share.ts'
import type { StoredAsset } from '../../catalog/assetRecords.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { RemoteRow } from '../../catalog/remotes.repository.ts'
import type { StoredShare } from '../../catalog/shares.repository.ts'
import { makeFolder } from '../../disk/makeFolder.ts'
import type { BringHere, ObjectStore, Pace, PictureRenderer, PutFile } from '../../ports.ts'
import { type Owner, shareKey } from '../objectKeys.ts'
import type { OpenStore } from '../testRemote.ts'
import { originalPath } from '../uploadAsset.ts'
import { whyRefused } from '../uploadPolicy.ts'
import { privacyCheck, strippedFormat } from './privacyCheck.ts'
import { publicUrl } from './publicUrl.ts'

/** Quality of a stripped copy, where its format has one. */
const QUALITY = 92
/** Longest side of a drawing, pixels. */
const SIDE = 4096

export interface SharesOptions {
  readonly catalog: Catalog
  readonly owner: Owner
  /** Folder of the library. */
  readonly root: string
  readonly now: () => number
  readonly openStore: OpenStore
  readonly credentialsOf: (remote: RemoteRow) => Credentials | null
  readonly pace: Pace
  /** Before an original is read: fetches it if it is only in a bucket. */
  readonly bringHere: BringHere
  /** Draws stripped copies; without one there are none. */
  readonly renderer: Pick<PictureRenderer, 'render'> | null
}

export interface ShareRequest {
  readonly id: AssetId
  readonly kind: ShareKind
  readonly expiresSeconds: number
  readonly stripped: boolean
}

/** Links to copies of single assets. Each copy is an object of its own, so that taking it away ends its link. */
export interface Shares {
  check(id: AssetId): ShareCheck
  /** Throws `remote_policy` with the reason when there can't be such a share. */
  create(request: ShareRequest): Promise<Share>
  list(id?: AssetId): readonly Share[]
  revoke(id: string): Promise<Share>
  /** Removes copies whose links have expired. What can't be removed now goes another time. */
  tidy(): Promise<void>
}

export function createShares(options: SharesOptions): Shares {
  const { catalog, now } = options

  function assetOf(id: AssetId): StoredAsset {
    const asset = catalog.assets.findById(id)
    if (asset === undefined) throw new VitrineError('not_found', 'There is no such asset in this library.')
    return asset
  }

  /** The remote that a kind of share goes to, or why there is none. */
  function placeFor(kind: ShareKind, asset: StoredAsset): RemoteRow | string {
    const remotes = catalog.remotes.list()
    // What lies in a workspace bucket comes here and goes.
    const isPublic = ({ role, policy }: RemoteRow): boolean =>
      role !== 'workspace' && policy.visibility === 'public' && policy.publicBaseUrl !== null
    const remote =
      kind === 'presigned'
        ? remotes.find(({ role, location }) => role === 'library' && location.kind === 's3')
        : (remotes.find((row) => row.role === 'public' && isPublic(row)) ?? remotes.find(isPublic))
    if (remote === undefined) {
      return kind === 'presigned'
        ? 'Links need a bucket as the library’s remote. A folder has no addresses.'
        : 'There is no public remote. Add a bucket that anybody may read, and enter its public address in its rules.'
    }
    if (remote.location.encryption !== undefined) {
      return `“${remote.name}” is encrypted: whoever opened a link to it would get bytes that only your devices can read. Share from a public remote, or export the file.`
    }
    if (remote.location.kind === 's3' && options.credentialsOf(remote) === null) {
      return `The keys of “${remote.name}” are not known here. Enter them in the sync centre.`
    }
    return whyRefused(remote.policy, asset, catalog.remotes.usedBytes(remote.id)) ?? remote
  }

  async function withStore<T>(remote: RemoteRow, work: (store: ObjectStore) => Promise<T>): Promise<T> {
    const store = options.openStore(remote.location, options.credentialsOf(remote))
    try {
      return await work(store)
    } finally {
      store.close()
    }
  }

  /** Copies whose link has expired are of no use any more. What can't be removed now is removed another time. */
  async function removeExpired(store: ObjectStore, remote: RemoteRow): Promise<void> {
    for (const share of catalog.shares.expired(now())) {
      if (share.remote_id !== remote.id) continue
      try {
        await store.delete(share.key)
      } catch (error) {
        if (error instanceof VitrineError) return
        throw error
      }
      catalog.shares.revoke(share.id, now())
    }
  }

  /** Returns the size of the copy, here and below. */
  async function bringCopy(store: ObjectStore, remote: RemoteRow, asset: StoredAsset, key: string): Promise<number> {
    const { fileSizeBytes: size, sha256, mimeType: contentType } = asset
    const there = catalog.remotes.object(remote.id, asset.id, 'original')
    if (there?.sha256 === asset.sha256) {
      await store.copy(there.key, key)
      return size
    }
    await options.bringHere(asset.id)
    const path = originalPath(options.root, asset)
    await store.putFile(key, { path, size, sha256, contentType, pace: options.pace })
    return size
  }

  async function bringStripped(store: ObjectStore, asset: StoredAsset, key: string): Promise<number> {
    await options.bringHere(asset.id)
    const file = await strippedCopy(options, asset)
    try {
      await store.putFile(key, { ...file, pace: options.pace })
      return file.size
    } finally {
      await rm(file.path, { force: true })
    }
  }

  return {
    check(id) {
      const stored = assetOf(id)
      const asset = catalog.assets.get(id)
      if (asset === undefined) throw new VitrineError('not_found', 'There is no such asset in this library.')
      const [presigned, open] = (['presigned', 'public'] as const).map((kind) => placeFor(kind, stored))
      const found = privacyCheck(asset)
      return {
        ...found,
        canStrip: found.canStrip && options.renderer !== null,
        presigned: typeof presigned === 'string' ? presigned : null,
        public: typeof open === 'string' ? open : null,
      }
    },
    async create({ id, kind, expiresSeconds, stripped }) {
      const asset = assetOf(id)
      const remote = placeFor(kind, asset)
      if (typeof remote === 'string') throw new VitrineError('remote_policy', remote)
      const shareId = randomBytes(16).toString('base64url')
      const format = stripped ? strippedFormat(asset.mimeType) : null
      const key = shareKey(options.owner, shareId, asset.fileName, format === null ? null : renderExtensions[format])
      return withStore(remote, async (store) => {
        const size = stripped ? await bringStripped(store, asset, key) : await bringCopy(store, remote, asset, key)
        const url = kind === 'public' ? publicUrl(remote, key) : store.link(key, expiresSeconds)
        if (url === null) throw new VitrineError('remote_policy', `“${remote.name}” has no addresses for its files.`)
        const createdAt = now()
        const expiresAt = endOf(remote, kind === 'public' ? null : expiresSeconds * 1000, createdAt)
        catalog.shares.add({
          id: shareId,
          assetId: id,
          remoteId: remote.id,
          kind,
          key,
          url,
          createdAt,
          expiresAt,
          size,
        })
        await removeExpired(store, remote)
        return withoutKey(catalog.shares.find(shareId))
      })
    },
    async tidy() {
      const expired = new Set(catalog.shares.expired(now()).map(({ remote_id }) => remote_id))
      for (const remote of catalog.remotes.list().filter(({ id }) => expired.has(id))) {
        try {
          await withStore(remote, (store) => removeExpired(store, remote))
        } catch (error) {
          if (!(error instanceof VitrineError)) throw error
        }
      }
    },
    list: (id) => catalog.shares.live(now(), id).map(withoutKey),
    async revoke(id) {
      const share = catalog.shares.find(id)
      if (share === undefined) throw new VitrineError('not_found', 'There is no such share.')
      const remote = catalog.remotes.list().find((row) => row.id === share.remote_id)
      if (remote === undefined) {
        throw new VitrineError(
          'not_found',
          `The remote of this share was removed from the library. To end the link, delete ${share.key} from its bucket.`,
        )
      }
      await withStore(remote, (store) => store.delete(share.key))
      catalog.shares.revoke(id, now())
      return withoutKey(catalog.shares.find(id))
    },
  }
}

/** When a link ends, ms: after its time, or with the copy that the bucket removes by rules of its own; null for never. */
function endOf({ policy }: RemoteRow, spanMs: number | null, createdAt: number): number | null {
  const spans = [spanMs, policy.retentionDays === null ? null : policy.retentionDays * DAY_MS]
  const ends = spans.flatMap((span) => (span === null ? [] : [createdAt + span]))
  return ends.length === 0 ? null : Math.min(...ends)
}

const DAY_MS = 24 * 3_600_000

/** The picture alone, in a file that the caller removes. */
async function strippedCopy({ renderer, root }: SharesOptions, asset: StoredAsset): Promise<PutFile> {
  const format = strippedFormat(asset.mimeType)
  if (format === null || renderer === null) {
    throw new VitrineError('unsupported_type', `A copy without its metadata can’t be made of ${asset.mimeType}.`)
  }
  // What a crash leaves there is removed when the library is opened.
  const folder = join(root, 'cache', 'incoming')
  makeFolder(folder)
  const path = join(folder, `${randomBytes(12).toString('hex')}.${renderExtensions[format]}`)
  const outcome = await renderer.render({
    path: originalPath(root, asset),
    mimeType: asset.mimeType,
    format,
    quality: QUALITY,
    keepMetadata: false,
    side: SIDE,
    outputs: [{ path, width: null, height: null }],
  })
  if (!outcome.ok) throw new VitrineError('decode_failed', outcome.message)
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  const { size } = await stat(path)
  return { path, size, sha256: sha256Schema.parse(hash.digest('hex')), contentType: `image/${format}` }
}

function withoutKey(share: StoredShare | undefined): Share {
  if (share === undefined) throw new VitrineError('not_found', 'There is no such share.')
  const { key: _, ...rest } = share
  return rest
}
