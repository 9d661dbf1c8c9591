import { describe, expect, it } from 'vitest'
import type { AssetId, RemoteId, Sha256 } from '../../../shared/domain/ids.ts'
import type { ObjectInfo } from '../ports.ts'
import { standingOf } from './objectStanding.ts'
import type { RemoteObject } from './remotes.repository.ts'

const sha256 = 'a'.repeat(64) as Sha256
const object: RemoteObject = {
  remoteId: 'r' as RemoteId,
  assetId: 'a' as AssetId,
  kind: 'original',
  key: 'k',
  sha256,
  size: 10,
  etag: 'e1',
  verified: 'etag-md5',
  verifiedAt: 1,
}
const now = (info: Partial<ObjectInfo> = {}): ObjectInfo => ({
  key: 'k',
  size: 10,
  etag: 'e1',
  sha256,
  modifiedAt: 1,
  ...info,
})

describe('standingOf', () => {
  it('is the same while size, hash and ETag are those of the object that was shown', () => {
    expect(standingOf(object, now())).toBe('same')
    expect(standingOf(object, now({ sha256: null }))).toBe('same')
  })

  it('is unproven when somebody stored it again, when the store has no ETags, and when only another device has seen it', () => {
    expect(standingOf(object, now({ etag: 'e2' }))).toBe('unproven')
    expect(standingOf({ ...object, etag: null }, now({ etag: null }))).toBe('unproven')
    expect(standingOf({ ...object, verified: 'published' }, now())).toBe('unproven')
  })

  it('is different by size or by the hash that stands with it, whatever the ETag says', () => {
    expect(standingOf(object, now({ size: 9 }))).toBe('different')
    expect(standingOf(object, now({ sha256: 'b'.repeat(64) as Sha256 }))).toBe('different')
  })

  it('is missing when there is nothing', () => {
    expect(standingOf(object, null)).toBe('missing')
  })

  it('asks of a thumbnail that another device has sent only that it is there', () => {
    const thumbnail = { ...object, kind: 'thumbnail', verified: 'published', size: 0, etag: null } as const
    expect(standingOf(thumbnail, now({ size: 900, sha256: 'c'.repeat(64) as Sha256 }))).toBe('unproven')
  })
})
