import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { AssetVector } from '../../../../shared/contract/requests/assetRequests.ts'
import type { LibraryCounts, Stats } from '../../../../shared/contract/requests/libraryRequests.ts'
import type { Facets } from '../../../../shared/domain/facet.ts'
import type { LibraryQuery } from '../../../../shared/domain/query.ts'
import type { Usage } from '../../../../shared/domain/storage.ts'
import type { Catalog } from '../catalog.ts'
import { type RowsSummary, summariseInParts } from '../selectionSummary.ts'
import type { FacetRequest } from './facetCounter.ts'
import type { VectorPart } from './libraryReader.ts'
import { createReaderThread, type ReaderTask } from './readerThread.ts'
import { createVectorStreams, type VectorStreams } from './vectorStreams.ts'

/**
 * Answers what takes long from snapshots of the catalogue, on threads of their own: neither does it keep the engine from
 * answering and writing, nor is it kept waiting. Methods reject with `cancelled` when the reader is closed, with
 * `engine_restarting` when a thread died twice over one question, and with `catalog_damaged` and its like.
 */
export interface CatalogReader extends VectorStreams {
  /** A whole vector at once. */
  query(query: LibraryQuery, now: number): Promise<AssetVector>
  facets(request: FacetRequest): Promise<Facets>
  counts(now: number): Promise<LibraryCounts>
  /**
   * What rows have in common, for any number of them. One asker's newer question ends the one before, which rejects with
   * `cancelled`.
   * @param asker null for one that asks once
   */
  summary(rows: Int32Array, asker: string | null): Promise<RowsSummary>
  /** Slow: on a thread of its own, started when it is first asked for. */
  usage(): Promise<Usage>
  /** Numbers and bytes; the collections take a second for a million memberships. */
  stats(): Promise<Stats>
  close(): Promise<void>
}

export interface CatalogReaderOptions {
  readonly catalog: Catalog
  /** Path of the catalogue. */
  readonly file: string
  /** Absolute path of `reader.thread`, source or bundle. */
  readonly program: string
  /** False for a single command, to which a thread is not worth its start: vectors and counts are then read at once. */
  readonly threads: boolean
  /** Up to this row id everything is read at once, in less time than a thread is asked in. */
  readonly atOnce?: number
}

/** Read in about a millisecond. */
const AT_ONCE = 1000
/** Rows whose summary is read in less time than it would wait for others on the thread. */
const SUMMARY_AT_ONCE = 2000
/** Askers of summaries that are remembered. */
const MOST_ASKERS = 16

/**
 * Threads: one for vectors, which a window asks for first of all, one for all that is counted, and one for what takes seconds.
 * These two are started when they are first needed.
 */
export function createCatalogReader({
  catalog,
  file,
  program,
  threads,
  atOnce = AT_ONCE,
}: CatalogReaderOptions): CatalogReader {
  const options = { file, unsorted: catalog.unsortedId }
  const vectors = createReaderThread(program, options)
  const numbers = createReaderThread(program, options)
  const slow = createReaderThread(program, options)
  const stopListening = catalog.onChange(({ revision, rowIds }) => {
    vectors.changed(revision, rowIds)
    numbers.changed(revision, rowIds)
    slow.changed(revision, rowIds)
  })

  const streams = createVectorStreams(vectors)
  const isSmall = () => catalog.assets.highestRow() <= atOnce

  const summaries = new Map<string, ReaderTask<RowsSummary>>()
  /** Ends what the asker wanted to know before. */
  const endSummary = (asker: string): void => {
    summaries.get(asker)?.cancel()
    summaries.delete(asker)
  }

  if (threads && !isSmall()) vectors.start()

  return {
    ...streams,
    async open(name, request) {
      if (!isSmall()) return streams.open(name, request)
      streams.end(name)
      const vector = catalog.assets.query(request.query, request.now)
      const arrangement =
        request.arrange === undefined ? null : catalog.arrange(vector.rowIds, request.query, request.arrange)
      return { kind: 'first', handle: 0, ...vector, arrangement, done: true }
    },
    async query(query, now) {
      if (isSmall() || (!threads && !vectors.running)) return catalog.assets.query(query, now)
      return twice(() => {
        const parts: VectorPart[] = []
        const task = vectors.run('vector', { query, now, since: null }, (part) => parts.push(part))
        return { ...task, result: task.result.then(({ revision, total }) => ({ revision, ...joined(parts, total) })) }
      })
    },
    facets: (request) => twice(() => numbers.run('facets', request)),
    async counts(now) {
      if (isSmall() || (!threads && !numbers.running)) return catalog.counts(now)
      return twice(() => numbers.run('counts', { now }))
    },
    async summary(rows, asker) {
      if (asker !== null) endSummary(asker)
      if (rows.length <= SUMMARY_AT_ONCE || isSmall() || (!threads && !numbers.running)) {
        return summariseInParts(rows, catalog.summarise)
      }
      return twice(() => {
        const task = numbers.run('summary', { rows })
        if (asker === null) return task
        for (const oldest of summaries.keys()) {
          if (summaries.size < MOST_ASKERS) break
          endSummary(oldest)
        }
        summaries.set(asker, task)
        const forget = () => summaries.get(asker) === task && summaries.delete(asker)
        task.result.then(forget, forget)
        return task
      })
    },
    async usage() {
      if (!threads && !slow.running) return catalog.usage()
      return twice(() => slow.run('usage', null))
    },
    async stats() {
      if (isSmall() || (!threads && !slow.running)) return catalog.stats()
      return twice(() => slow.run('stats', null))
    },
    async close() {
      stopListening()
      await Promise.all([vectors.close(), numbers.close(), slow.close()])
    },
  }
}

/** Asks again, once, when the thread that was asked died. */
async function twice<T>(ask: () => ReaderTask<T>): Promise<T> {
  try {
    return await ask().result
  } catch (error) {
    if (!(error instanceof VitrineError) || error.code !== 'engine_restarting') throw error
    return ask().result
  }
}

function joined(parts: readonly VectorPart[], total: number): Omit<AssetVector, 'revision'> {
  const vector = { total, rowIds: new Int32Array(total), aspects: new Float32Array(total) }
  let at = 0
  for (const { rowIds, aspects } of parts) {
    vector.rowIds.set(rowIds, at)
    vector.aspects.set(aspects, at)
    at += rowIds.length
  }
  return vector
}
