import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RemoteId } from '../../../shared/domain/ids.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { segmentName } from '../catalog/journal/segment.ts'
import { segmentLines } from '../catalog/journal/segmentLines.ts'
import type { ObjectStore } from '../ports.ts'
import type { Owner } from './objectKeys.ts'

/** What this device publishes from, and where to. */
export interface PublishContext {
  readonly catalog: Catalog
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
