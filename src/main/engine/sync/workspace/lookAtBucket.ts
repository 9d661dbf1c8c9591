import { VitrineError } from '../../../../shared/contract/errors.ts'
import { libraryIdSchema, type RowId } from '../../../../shared/domain/ids.ts'
import type { ObjectInfo, ObjectStore } from '../../ports.ts'
import { compareListing } from './compareListing.ts'
import type { MirrorContext } from './mirrorContext.ts'

/** More objects than a person can decide about; those beyond are not looked at until some have gone. */
const MOST_OBJECTS = 100_000
/** Jobs that begin with one look: each is written down by itself. */
const MOST_JOBS = 200
/** How long a file in a folder must have been left alone, ms. */
const SETTLED_MS = 2_000
/** An object that listings have lacked for so long is forgotten, ms: listings can lag, and a disk can be away. */
const FORGET_MS = 7 * 24 * 3_600_000

/**
 * Lists the bucket once and writes down what is new there. An empty answer costs one request. Throws what the store says, and
 * `remote_other_library` for a place where a library lies: nothing of one may ever be taken for a generator's.
 */
export async function lookAtBucket(
  context: MirrorContext,
  store: ObjectStore,
): Promise<{ readonly changed: boolean; readonly unsettled: boolean }> {
  const { catalog, clock, remoteId, base, arrivals } = context
  const listed: ObjectInfo[] = []
  for await (const object of store.list(base)) {
    if (isOfLibrary(base, object.key)) throw libraryThere(object.key)
    listed.push(object)
    if (listed.length >= MOST_OBJECTS) break
  }
  const now = clock.now()
  const { workspaceObjects } = catalog
  const rules = { base, leavesOut: arrivals.leavesOut, settledBefore: now - SETTLED_MS }
  const { arrived, back, missing, undead, unsettled } = compareListing(rules, workspaceObjects.all(remoteId), listed)
  const jobs = new Set(arrived.flatMap((object) => (object.error === null ? (object.job ?? []) : [])))
  // The others begin with their first file.
  for (const job of [...jobs].slice(0, MOST_JOBS)) arrivals.begin(job)
  if (arrived.length > 0) workspaceObjects.arrived(remoteId, arrived)
  if (back.length > 0) workspaceObjects.setMissing(remoteId, back, null)
  // A listing that was cut off at its limit says nothing of what it lacks.
  if (missing.length > 0 && listed.length < MOST_OBJECTS) workspaceObjects.setMissing(remoteId, missing, now)
  // What was never had here is not removed there: it was away when its turn came, and waits again.
  const [removed, sought] = [
    undead.filter(({ assetId }) => assetId !== null),
    undead.filter(({ assetId }) => assetId === null),
  ]
  if (removed.length > 0) workspaceObjects.setState(remoteId, keysOf(removed), 'leaving')
  if (sought.length > 0) workspaceObjects.setState(remoteId, keysOf(sought), 'waiting')
  workspaceObjects.forget(remoteId, now - FORGET_MS)
  leaveToOthers(context, now)
  return { changed: arrived.length + back.length + missing.length + undead.length > 0, unsettled: unsettled > 0 }
}

/**
 * What another device has decided on and taken from the bucket: what it kept is in the Library here too by now, and what it
 * discarded it has told of. Nothing is left to decide about it here. It goes to Trash, once: who brings it back from there keeps it.
 */
function leaveToOthers({ catalog, remoteId }: MirrorContext, now: number): void {
  const { workspaceObjects } = catalog
  const leave = (rows: readonly RowId[], done: string): void => {
    if (rows.length === 0) return
    const label = (count: number): string =>
      count === 1 ? `1 asset was ${done} on another device` : `${count} assets were ${done} on another device`
    catalog.mutate({ kind: 'discard', label, undoable: true, now }, (writer) => {
      writer.setMany('deleted_at', rows, now, null)
    })
    workspaceObjects.settleMissing(remoteId, rows)
  }
  leave(workspaceObjects.keptElsewhere(remoteId), 'kept')
  leave(workspaceObjects.discardedElsewhere(remoteId), 'discarded')
}

function keysOf(objects: readonly { readonly key: string }[]): string[] {
  return objects.map(({ key }) => key)
}

/** `library.json`, here or one folder deeper, marks the place of a library. */
function isOfLibrary(base: string, key: string): boolean {
  const [first = '', second] = key.slice(base.length).split('/', 3)
  return first === 'library.json' || (second === 'library.json' && libraryIdSchema.safeParse(first).success)
}

function libraryThere(key: string): VitrineError {
  return new VitrineError(
    'remote_other_library',
    `A library lies there (“${key}”), so nothing is taken from it or removed. Choose the folder that generators write to.`,
  )
}
