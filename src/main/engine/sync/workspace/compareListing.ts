import type { ErrorData } from '../../../../shared/contract/errors.ts'
import type { ListedObject, WorkspaceObject } from '../../catalog/workspaceObjects.repository.ts'
import type { ObjectInfo } from '../../ports.ts'
import { readObjectKey } from './objectName.ts'

/** What a listing says that was not known. */
export interface ListingChanges {
  /** New objects, and new contents of known keys; what is refused with the reason. */
  readonly arrived: readonly (ListedObject & { readonly error: Pick<ErrorData, 'code' | 'message'> | null })[]
  /** Keys that an earlier listing lacked and this one has. */
  readonly back: readonly string[]
  /** Keys that this listing is the first to lack. */
  readonly missing: readonly string[]
  /** Objects that were removed, or could not be found, and are listed still. */
  readonly undead: readonly Pick<WorkspaceObject, 'key' | 'assetId'>[]
  /** Files that were written to so lately that somebody may still be writing. */
  readonly unsettled: number
}

export interface ListingRules {
  /** What the keys of all objects begin with, '' for nothing. */
  readonly base: string
  /** Whether a file name is not worth a word: a system's own files, half-made downloads. */
  readonly leavesOut: (fileName: string) => boolean
  /** A folder shows files while they are written; one that changed after this time (ms) is left for the next look. */
  readonly settledBefore: number
}

/** Tells one content of a key from the next, as far as a listing does. */
export function versionOf({ etag, size, modifiedAt }: Pick<ObjectInfo, 'etag' | 'size' | 'modifiedAt'>): string {
  return `${etag ?? ''}:${size}:${modifiedAt ?? ''}`
}

/** Compares a whole listing with what is known. Nothing is concluded from an object being absent but that it is. Pure. */
export function compareListing(
  { base, leavesOut, settledBefore }: ListingRules,
  known: readonly Pick<WorkspaceObject, 'key' | 'version' | 'state' | 'assetId' | 'missingSince'>[],
  listed: readonly ObjectInfo[],
): ListingChanges {
  const before = new Map(known.map((object) => [object.key, object]))
  const arrived: ListingChanges['arrived'][number][] = []
  const back: string[] = []
  const undead: ListingChanges['undead'][number][] = []
  let unsettled = 0
  for (const info of listed) {
    const { key, size, etag, modifiedAt } = info
    const object = before.get(key)
    before.delete(key)
    const version = versionOf(info)
    if (object?.version === version) {
      if (object.missingSince !== null) back.push(key)
      if (object.state === 'gone') undead.push(object)
      continue
    }
    const name = readObjectKey(base, key)
    if (name.kind === 'ignored' || (name.kind === 'file' && leavesOut(name.fileName))) continue
    if (etag === null && modifiedAt !== null && modifiedAt > settledBefore) {
      unsettled++
      continue
    }
    const error = name.kind === 'refused' ? ({ code: 'name_invalid', message: name.message } as const) : null
    arrived.push({ key, size, etag, modifiedAt, version, job: name.kind === 'file' ? name.job : null, error })
  }
  const missing = [...before.values()].flatMap(({ key, missingSince }) => (missingSince === null ? [key] : []))
  return { arrived, back, missing, undead, unsettled }
}
