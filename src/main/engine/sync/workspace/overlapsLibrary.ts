import { isAbsolute, relative, resolve } from 'node:path'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { RemoteLocation } from '../../../../shared/domain/remote.ts'

/** A part of a bucket or folder: everything whose key begins with this, below the location's own prefix. */
export interface Area {
  readonly location: RemoteLocation
  /** Ends with a slash or is empty. */
  readonly base: string
}

/**
 * Whether two areas have anything in common. What lies in a workspace area is taken and removed, so it must have nothing in
 * common with where a library keeps its own. Pure.
 */
export function overlap(a: Area, b: Area): boolean {
  const [one, other] = [a.location, b.location]
  if (one.kind === 'folder' && other.kind === 'folder') {
    return isWithin(folderOf(a, one), folderOf(b, other)) || isWithin(folderOf(b, other), folderOf(a, one))
  }
  if (one.kind !== 's3' || other.kind !== 's3') return false
  if (one.bucket !== other.bucket || one.endpoint !== other.endpoint) return false
  const [start, otherStart] = [keysOf(a), keysOf(b)]
  return start.startsWith(otherStart) || otherStart.startsWith(start)
}

/** Whether a path is a folder or lies in it. Both absolute. */
function isWithin(folder: string, path: string): boolean {
  const way = relative(resolve(folder), resolve(path))
  return way === '' || (!/^\.\.(?:[/\\]|$)/.test(way) && !isAbsolute(way))
}

function folderOf({ base }: Area, { path, prefix }: Extract<RemoteLocation, { kind: 'folder' }>): string {
  return resolve(path, ...prefix.split('/'), ...base.split('/'))
}

function keysOf({ location: { prefix }, base }: Area): string {
  return prefix === '' ? base : `${prefix}/${base}`
}

/** Says of remotes that are in the way of each other why they can't both be. */
export function overlapping(other: string): VitrineError {
  return new VitrineError(
    'invalid_request',
    `This is where “${other}” keeps its files. A workspace bucket is emptied as you decide: give it a place of its own.`,
  )
}
