import { setImmediate } from 'node:timers/promises'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { CollectionId } from '../../../shared/domain/ids.ts'
import type { LibraryQuery } from '../../../shared/domain/query.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { SmartCount } from '../catalog/collections.repository.ts'
import { expandSmartCollections, requireSmartQuery } from './smartQuery.ts'

interface Counted extends SmartCount {
  readonly id: CollectionId
  readonly problem: string | null
}

/**
 * What smart collections hold, one after the other, so that others may have the engine in between. Each is counted once for
 * a revision; ids of others are left out.
 */
export async function countSmartCollections(
  catalog: Catalog,
  ids: readonly CollectionId[],
  now: number,
): Promise<readonly Counted[]> {
  const counted: Counted[] = []
  const smart = new Map(catalog.collections.nodes().flatMap((node) => (node.kind === 'smart' ? [[node.id, node]] : [])))
  for (const id of new Set(ids)) {
    const node = smart.get(id)
    if (node === undefined) continue
    const problem = problemOf(catalog, node.query ?? '', node)
    const known = catalog.collections.smart.get(id, catalog.revision)
    if (known === undefined) await setImmediate()
    const count = known ?? (problem === null ? countOne(catalog, id, now) : { asset_count: 0, cover_sha256: null })
    catalog.collections.smart.set(id, catalog.revision, count)
    counted.push({ id, ...count, problem })
  }
  return counted
}

function countOne(catalog: Catalog, id: CollectionId, now: number): SmartCount {
  const query: LibraryQuery = {
    view: { kind: 'collection', collectionId: id },
    text: '',
    sort: { field: 'imported_at', direction: 'desc' },
  }
  const { total, rowIds } = catalog.assets.query(expandSmartCollections(catalog, query), now)
  const newest = rowIds[0] === undefined ? undefined : catalog.assets.findByRow(rowIds[0])
  return { asset_count: total, cover_sha256: newest?.sha256 ?? null }
}

/** Queries come from other devices too, and from older versions, so one that was fine may be no more. */
function problemOf(
  catalog: Catalog,
  query: string,
  owner: { readonly id: CollectionId; readonly name: string },
): string | null {
  try {
    requireSmartQuery(catalog, query, owner)
    return null
  } catch (error) {
    if (error instanceof VitrineError) return error.message
    throw error
  }
}
