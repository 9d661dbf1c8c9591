import type { VectorMore, VectorOpening } from '../../shared/contract/requests/vectorRequests.ts'
import type { Arrange, Arrangement } from '../../shared/domain/arrangement.ts'
import type { LibraryQuery } from '../../shared/domain/query.ts'
import { patchNumbers } from '../../shared/domain/vectorPatch.ts'
import type { RowIds } from '../state/rowSet.ts'

/** All assets of a query in their order, at a revision of the catalogue. */
export interface WholeVector {
  readonly revision: number
  readonly rowIds: RowIds
  readonly aspects: Float32Array<ArrayBuffer>
  /** Groups and stacks of it. */
  readonly arrangement: Arrangement | null
}

export interface VectorSource {
  open(query: LibraryQuery, since: number | null, arrange: Arrange): Promise<VectorOpening>
  more(handle: number): Promise<VectorMore>
}

/**
 * Gets the vector of a query: what changed since `known`, or all of it in parts.
 * @param known the vector of this very query that is there already, null when there is none
 * @param arrange what is wanted beside the rows
 * @param onFirst told of the beginning of a vector of which more follows
 * @throws what the source rejects with
 */
export async function receiveVector(
  source: VectorSource,
  query: LibraryQuery,
  arrange: Arrange,
  known: WholeVector | null,
  onFirst: (first: Omit<WholeVector, 'revision'>) => void,
): Promise<WholeVector> {
  const opening = await source.open(query, known?.revision ?? null, arrange)
  const { revision } = opening
  if (opening.kind === 'first') {
    if (!opening.done) onFirst(opening)
    return { revision, ...(await receiveRest(source, opening)) }
  }
  let rowIds = known?.rowIds ?? new Int32Array()
  let aspects = known?.aspects ?? new Float32Array()
  for (const patch of opening.patches) {
    rowIds = patchNumbers(rowIds, patch, patch.rowIds)
    aspects = patchNumbers(aspects, patch, patch.aspects)
  }
  return { revision, rowIds, aspects, arrangement: opening.arrangement }
}

async function receiveRest(
  source: VectorSource,
  opening: VectorOpening & { readonly kind: 'first' },
): Promise<Omit<WholeVector, 'revision'>> {
  let { rowIds, aspects, arrangement, done } = opening
  let length = rowIds.length
  while (!done) {
    const part = await source.more(opening.handle)
    const needed = length + part.rowIds.length
    if (needed > rowIds.length) {
      const capacity = Math.max(needed, part.total ?? length * 2)
      rowIds = grown(rowIds, new Int32Array(capacity))
      aspects = grown(aspects, new Float32Array(capacity))
    }
    rowIds.set(part.rowIds, length)
    aspects.set(part.aspects, length)
    length = needed
    arrangement = part.arrangement
    done = part.done
  }
  if (length === rowIds.length) return { rowIds, aspects, arrangement }
  return { rowIds: rowIds.slice(0, length), aspects: aspects.slice(0, length), arrangement }
}

function grown<T extends Int32Array | Float32Array>(before: T, after: T): T {
  after.set(before)
  return after
}
