import { z } from 'zod'
import type { RemoteId } from '../../../shared/domain/ids.ts'
import type { Catalog } from '../catalog/catalog.ts'

/** What needs no look at every asset, because nothing has changed since the last one. */
export interface LookedThrough {
  /** What the remote lacks is in the queue. */
  readonly uploads: boolean
  /** Thumbnails of all that is elsewhere are here. */
  readonly thumbnails: boolean
}

type Marks = Pick<Catalog, 'getSetting' | 'setSetting' | 'revision'>

const markSchema = z.object({ revision: z.number(), uploads: z.boolean(), thumbnails: z.boolean() })

function markOf(remoteId: RemoteId): string {
  return `remote.${remoteId}.lookedThrough`
}

/** What the last process left, and takes it away: after a kill there is none, and everything is looked at. */
export function takeMark(catalog: Marks, remoteId: RemoteId, revision: number): LookedThrough {
  const name = markOf(remoteId)
  const mark = markSchema.safeParse(catalog.getSetting(name)).data
  if (mark === undefined) return { uploads: false, thumbnails: false }
  catalog.setSetting(name, null)
  // Every change of an asset is a revision. Whatever came between, another command perhaps, has to be looked at.
  const { uploads, thumbnails } = mark
  return mark.revision === revision ? { uploads, thumbnails } : { uploads: false, thumbnails: false }
}

/** For the next process. What changes after this makes it worth nothing. */
export function leaveMark(catalog: Marks, remoteId: RemoteId, looked: LookedThrough): void {
  if (looked.uploads || looked.thumbnails)
    catalog.setSetting(markOf(remoteId), { revision: catalog.revision, ...looked })
}
