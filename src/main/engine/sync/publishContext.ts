import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { RemoteId } from '../../../shared/domain/ids.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { segmentName } from '../catalog/journal/segment.ts'
import { segmentLines } from '../catalog/journal/segmentLines.ts'
import type { ObjectStore } from '../ports.ts'
import type { Owner } from './objectKeys.ts'

/** Of one packed segment; no segment of our own comes near this. */
export const LARGEST_SEGMENT = 64 * 1024 * 1024
const MOST_BYTES = 256 * 1024 * 1024

/** What this device publishes from, and where to. */
export interface PublishContext {
  readonly catalog: Pick<
    Catalog,
    | 'deviceId'
    | 'journal'
    | 'publication'
    | 'remoteLog'
    | 'removals'
    | 'assets'
    | 'remotes'
    | 'getSetting'
    | 'setSetting'
  >
  readonly store: ObjectStore
  readonly remoteId: RemoteId
  readonly owner: Owner
  /** Folder of the library. */
  readonly root: string
  readonly signal: AbortSignal
}

/** A segment of this device's own journal, null if it is not there. Throws `io_error` for one that is damaged. */
export function ownSegment({ catalog, root }: Pick<PublishContext, 'catalog' | 'root'>, seq: number) {
  const path = join(root, 'journal', catalog.deviceId, segmentName(seq))
  return existsSync(path) ? segmentLines(readFileSync(path)) : null
}

/** What a segment in the bucket says, null for bytes that are none. */
export function linesIfSound(bytes: Uint8Array): ReturnType<typeof segmentLines> | null {
  try {
    return segmentLines(bytes)
  } catch (error) {
    if (error instanceof VitrineError) return null
    throw error
  }
}

/** Whether bytes are still what somebody once wrote, whatever that says: gzip ends with a checksum of all that is in it. */
export function isWhole(bytes: Uint8Array): boolean {
  try {
    gunzipSync(bytes, { maxOutputLength: MOST_BYTES })
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
  }
}
