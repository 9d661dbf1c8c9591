import type { ErrorData } from '../../../../shared/contract/errors.ts'
import type { LibraryCounts, Stats } from '../../../../shared/contract/requests/libraryRequests.ts'
import type { Facets } from '../../../../shared/domain/facet.ts'
import type { CollectionId } from '../../../../shared/domain/ids.ts'
import type { Usage } from '../../../../shared/domain/storage.ts'
import type { RowsSummary } from '../selectionSummary.ts'
import type { FacetRequest } from './facetCounter.ts'
import type { VectorAnswer, VectorPart, VectorRequest } from './libraryReader.ts'

/** What a reader is asked, and what it answers with. */
export interface ReaderTasks {
  readonly vector: { readonly input: VectorRequest; readonly output: VectorAnswer }
  readonly facets: { readonly input: FacetRequest; readonly output: Facets }
  readonly usage: { readonly input: null; readonly output: Usage }
  readonly stats: { readonly input: null; readonly output: Stats }
  /** Of rows in any order. */
  readonly summary: { readonly input: { readonly rows: Int32Array }; readonly output: RowsSummary }
  readonly counts: { readonly input: { readonly now: number }; readonly output: LibraryCounts }
}
export type ReaderTaskName = keyof ReaderTasks

export interface ReaderOptions {
  /** Path of the catalogue, which the engine has open. */
  readonly file: string
  readonly unsorted: CollectionId
}

export type ToReader =
  | { readonly type: 'changed'; readonly revision: number; readonly rowIds: readonly number[] }
  | {
      readonly [N in ReaderTaskName]: {
        readonly type: 'task'
        readonly id: number
        readonly name: N
        readonly input: ReaderTasks[N]['input']
        /** One shared number: the task is not wanted any more once it is not 0. */
        readonly cancelled: Int32Array
      }
    }[ReaderTaskName]

export type FromReader =
  | { readonly type: 'part'; readonly id: number; readonly revision: number; readonly part: VectorPart }
  | { readonly type: 'done'; readonly id: number; readonly value: ReaderTasks[ReaderTaskName]['output'] }
  | { readonly type: 'failed'; readonly id: number; readonly error: ErrorData }
  | { readonly type: 'defect'; readonly id: number; readonly text: string }
