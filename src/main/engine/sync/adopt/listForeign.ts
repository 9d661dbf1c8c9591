import type { RemoteId } from '../../../../shared/domain/ids.ts'
import {
  type AdoptedObject,
  type AdoptedObjectsRepository,
  isSameObject,
} from '../../catalog/adoptedObjects.repository.ts'
import type { ForeignObject, ObjectStore } from '../../ports.ts'
import { type KeyRules, readBucketKey } from './bucketKeys.ts'

const PAGE = 1000

export interface ListForeign {
  readonly store: Pick<ObjectStore, 'list'>
  readonly adopted: Pick<AdoptedObjectsRepository, 'after' | 'recognise'>
  readonly remote: RemoteId
  readonly rules: KeyRules
  readonly signal: AbortSignal
  /** An object that was taken in is not listed any more. */
  readonly onAbsent: (object: AdoptedObject) => Promise<void>
}

/**
 * What is new in a bucket, or has other content than what was taken in, behind a key. One pass over the listing and over what
 * is known, both in the order of keys, so that neither has to be in memory. Throws what the store says.
 */
export async function* listForeign(options: ListForeign, after: string): AsyncGenerator<ForeignObject> {
  const { store, adopted, remote, rules, signal, onAbsent } = options
  const known = knownAfter(adopted, remote, after)
  let next = known.next()
  for await (const { key, size, etag, modifiedAt } of store.list('', after === '' ? undefined : after)) {
    if (signal.aborted) return
    for (; !next.done && compareKeys(next.value.key, key) < 0; next = known.next()) await onAbsent(next.value)
    const before = !next.done && next.value.key === key ? next.value : undefined
    if (before !== undefined) next = known.next()
    const listed = { key, size, etag, modifiedAt }
    if (before !== undefined && isSameObject(before, listed)) continue
    const read = readBucketKey(key, rules)
    if (read.kind === 'none' || (before === undefined && adopted.recognise(remote, listed))) continue
    // A key that is refused is told of as a failure by whoever asks for its bytes.
    yield { ...listed, skip: read.kind === 'skipped' ? read.code : null }
  }
  for (; !next.done && !signal.aborted; next = known.next()) await onAbsent(next.value)
}

function* knownAfter(
  adopted: ListForeign['adopted'],
  remote: RemoteId,
  after: string,
): Generator<AdoptedObject, undefined> {
  for (let from = after; ; ) {
    const page = adopted.after(remote, from, PAGE)
    yield* page
    const last = page.at(-1)
    if (last === undefined) return undefined
    from = last.key
  }
}

/** As S3 and SQLite order them: by their UTF-8 bytes. */
function compareKeys(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
