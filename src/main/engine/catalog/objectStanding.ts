import type { ObjectInfo } from '../ports.ts'
import type { RemoteObject } from './remotes.repository.ts'

/**
 * How an object in a bucket stands against what the bucket was shown to hold. `same`: nothing has changed since it was
 * shown. `unproven`: nothing speaks against it, but it was never shown to this device, or the store does not tell one object
 * under a key from the next.
 */
export type ObjectStanding = 'same' | 'unproven' | 'missing' | 'different'

/** Compares what is on record with what the store says now; null when it has nothing under the key. Pure. */
export function standingOf(object: RemoteObject, info: ObjectInfo | null): ObjectStanding {
  if (info === null) return 'missing'
  // Of a thumbnail that only another device has sent neither hash nor size is known.
  if (object.kind === 'thumbnail' && object.verified === 'published') return 'unproven'
  if (info.size !== object.size || (info.sha256 !== null && info.sha256 !== object.sha256)) return 'different'
  const isShown = object.verified !== 'published' && object.etag !== null && info.etag === object.etag
  return isShown ? 'same' : 'unproven'
}
