import type { Candidate, RemovalsRepository } from '../../catalog/removals.repository.ts'
import { checkpointOfKey, type Owner, shardOfKey } from '../objectKeys.ts'

/**
 * What an object is by its key, with the hash that references to it are known by; null for one that is never removed:
 * shares, logs, manifests, what generators put there, and whatever else this program does not know.
 */
export function removable(
  owner: Owner,
  { key, sha256 }: Candidate,
): (Candidate & { readonly kind: RemovableKind }) | null {
  if (!key.startsWith(`${owner}/`)) return null
  if (checkpointOfKey(owner, key) !== null) return { key, sha256: null, kind: 'checkpoint' }
  if (shardOfKey(owner, key) !== null) return { key, sha256: null, kind: 'shard' }
  const [folder = '', ...path] = key.slice(owner.length + 1).split('/')
  if (folder === 'thumbnails') {
    const of = /^([0-9a-f]{64})\.webp$/.exec(path[1] ?? '')?.[1]
    return of !== undefined && path.length === 2 && path[0] === of.slice(0, 2)
      ? { key, sha256: of, kind: 'file' }
      : null
  }
  if (sha256 === null || !/^[0-9a-f]{64}$/.test(sha256)) return null
  if (folder === 'sidecars') {
    return path.length === 2 && path[1] === sha256 ? { key, sha256, kind: 'sidecar' } : null
  }
  const isOriginal = ORIGINALS.has(folder) && path.length === 3 && /^\d{4}\/\d{2}\//.test(path.join('/'))
  return isOriginal && path[2]?.includes(`.${sha256.slice(0, 12)}.`) ? { key, sha256, kind: 'file' } : null
}
export type RemovableKind = 'file' | 'sidecar' | 'checkpoint' | 'shard'

const ORIGINALS: ReadonlySet<string> = new Set(['images', 'videos', 'audio', 'documents'])

/** Places of the candidates that this device refers to, whatever state what refers to them is in. */
export function referredTo(
  removals: Pick<RemovalsRepository, 'files' | 'sidecars'>,
  owner: Owner,
  candidates: readonly Candidate[],
): readonly number[] {
  const known = candidates.map((candidate) => removable(owner, candidate))
  const hashes = (kind: RemovableKind): string[] =>
    known.flatMap((one) => (one?.kind === kind && one.sha256 !== null ? [one.sha256] : []))
  const files = removals.files(hashes('file'))
  const sidecarHashes = hashes('sidecar')
  const sidecars = sidecarHashes.length === 0 ? new Set<string>() : removals.sidecars(sidecarHashes)
  return known.flatMap((one, place) => {
    if (one === null) return [place]
    const isReferred = one.sha256 !== null && (one.kind === 'sidecar' ? sidecars : files).has(one.sha256)
    return isReferred ? [place] : []
  })
}
