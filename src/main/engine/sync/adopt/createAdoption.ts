import { setTimeout as sleep } from 'node:timers/promises'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { BucketSurvey } from '../../../../shared/domain/adoption.ts'
import type { RemoteId } from '../../../../shared/domain/ids.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { RemoteRow } from '../../catalog/remotes.repository.ts'
import type { Clock, ForeignObjects, ObjectStore } from '../../ports.ts'
import type { Owner } from '../objectKeys.ts'
import type { Transfers } from '../transfer/transfers.ts'
import { type KeyRules, readBucketKey } from './bucketKeys.ts'
import { type DropContext, dropPassing } from './dropPassing.ts'
import { fetchForeign } from './fetchForeign.ts'
import { listForeign } from './listForeign.ts'
import { objectGone } from './objectGone.ts'

export interface AdoptionOptions {
  readonly catalog: Catalog
  readonly clock: Clock
  readonly owner: Owner
  readonly root: string
  readonly transfers: Pick<Transfers, 'down' | 'lanesDown'>
  readonly libraryRemote: () => RemoteRow | undefined
  /** Opens the library's bucket and checks that it is the library's. */
  readonly connect: (remote: RemoteRow) => Promise<ObjectStore>
  readonly isPaused: () => boolean
  readonly skipCode: KeyRules['skipCode']
  readonly evict: DropContext['evict']
  readonly onDefect: (error: unknown) => void
}

/** Files that other programs put into the library's bucket, taken into the library where they are. */
export interface Adoption extends ForeignObjects {
  /** What an adoption would find, as far as one short look goes. Throws `not_found`, what the store says. */
  survey(remote: RemoteId): Promise<BucketSurvey>
  /** Something has changed: what came only to be read may go. */
  changed(): void
  /** Removes what may go now of the originals that came only to be read. */
  settle(): Promise<void>
  close(): Promise<void>
}

/** Originals that wait to be read, sent or told of take this much of the disk at most, bytes; a larger one comes alone. */
const MOST_PASSING_BYTES = 2 * 1024 ** 3
const AT_ONCE = 8
/** Keys that a survey looks at. */
const MOST_SURVEYED = 50_000
const LOOK_MS = 200
const GATHER_MS = 2_000

export function createAdoption(options: AdoptionOptions): Adoption {
  const { catalog, clock, owner, root, transfers } = options
  const rules: KeyRules = { owner, skipCode: options.skipCode }
  const closing = new AbortController()
  let opened: { readonly remote: RemoteId; readonly store: Promise<ObjectStore> } | null = null
  let cancelTimer: (() => void) | null = null
  let settling: Promise<void> = Promise.resolve()
  let fetching = 0
  let fetchingBytes = 0

  function remoteOf(id: RemoteId): RemoteRow {
    const remote = options.libraryRemote()
    if (remote?.id === id && remote.location.encryption !== undefined) {
      throw new VitrineError(
        'invalid_request',
        'This remote is encrypted, and files of other programs in it are not. Import them instead.',
      )
    }
    if (remote?.id === id) return remote
    throw new VitrineError(
      'not_found',
      'This bucket is not the library’s. Files are taken in where the library itself is.',
    )
  }

  /** One store for thousands of objects; after a failure of the whole it is opened anew. */
  async function withStore<T>(id: RemoteId, work: (store: ObjectStore) => Promise<T>): Promise<T> {
    const remote = remoteOf(id)
    if (options.isPaused()) {
      throw new VitrineError('remote_unreachable', 'Sync is paused. Resume it, and this goes on.')
    }
    if (opened?.remote !== id) drop()
    opened ??= { remote: id, store: options.connect(remote) }
    const used = opened
    try {
      return await work(await used.store)
    } catch (error) {
      const isWhole =
        error instanceof VitrineError && error.code.startsWith('remote_') && error.code !== 'remote_checksum'
      if (isWhole && opened === used) drop()
      throw error
    }
  }

  function drop(): void {
    opened?.store.then((store) => store.close()).catch(() => undefined)
    opened = null
  }

  /** Waits until an object of this size may lie here beside the others. */
  async function room(remote: RemoteId, size: number, signal: AbortSignal): Promise<void> {
    const isFull = (): boolean => {
      const there = fetchingBytes + catalog.adopted.passingBytes(remote)
      return fetching >= AT_ONCE || (there > 0 && there + size > MOST_PASSING_BYTES)
    }
    while (isFull()) {
      if (signal.aborted || closing.signal.aborted) throw new VitrineError('cancelled', 'The transfer was stopped.')
      if (options.isPaused()) return
      await sleep(LOOK_MS)
    }
  }

  async function settle(): Promise<void> {
    const remote = options.libraryRemote()
    if (remote === undefined || catalog.adopted.passingBytes(remote.id) === 0) return
    const { evict } = options
    await withStore(remote.id, (store) =>
      dropPassing({ catalog, remote: { store, remoteId: remote.id }, evict, signal: closing.signal }),
    )
  }

  /** What the bucket or the disk says now, sync says too; the next change looks again. */
  function inTurn(): Promise<void> {
    settling = settling.then(settle).catch((error: unknown) => {
      if (!(error instanceof VitrineError)) options.onDefect(error)
    })
    return settling
  }

  return {
    async *list(id, after, signal) {
      const remote = remoteOf(id)
      const places = { catalog, remoteId: remote.id, owner, root, now: () => clock.now() }
      const store = await withStore(id, async (open) => open)
      yield* listForeign(
        {
          store,
          adopted: catalog.adopted,
          remote: id,
          rules,
          signal,
          onAbsent: (object) => objectGone({ ...places, store }, object),
        },
        after,
      )
    },
    async fetch(id, object, target, signal) {
      const read = readBucketKey(object.key, rules)
      if (read.kind === 'refused') throw new VitrineError('name_invalid', read.message)
      await room(id, object.size, signal)
      fetching++
      fetchingBytes += object.size
      try {
        const { down: pace, lanesDown } = transfers
        await withStore(id, (store) => fetchForeign({ store, object, target, signal, pace, lanes: lanesDown.of(0) }))
      } finally {
        fetching--
        fetchingBytes -= object.size
      }
    },
    survey: (id) =>
      withStore(id, async (store) => {
        let files = 0
        let bytes = 0
        let keys = 0
        for await (const object of store.list('')) {
          if (++keys > MOST_SURVEYED) return { files, bytes, more: true }
          if (readBucketKey(object.key, rules).kind !== 'file' || object.size === 0) continue
          const isKnown = catalog.adopted.find(id, object.key) !== undefined || catalog.adopted.recognise(id, object)
          if (isKnown) continue
          files++
          bytes += object.size
        }
        return { files, bytes, more: false }
      }),
    changed() {
      if (closing.signal.aborted) return
      cancelTimer ??= clock.after(GATHER_MS, () => {
        cancelTimer = null
        void inTurn()
      })
    },
    settle: inTurn,
    async close() {
      closing.abort()
      cancelTimer?.()
      await settling
      drop()
    },
  }
}
