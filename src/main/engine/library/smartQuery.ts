import { VitrineError } from '../../../shared/contract/errors.ts'
import type { CollectionId } from '../../../shared/domain/ids.ts'
import type { LibraryQuery } from '../../../shared/domain/query.ts'
import { parseSearch } from '../../../shared/domain/search/parseSearch.ts'
import { printSearch } from '../../../shared/domain/search/printSearch.ts'
import type { SearchNode } from '../../../shared/domain/search/searchNode.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { CollectionNode } from '../catalog/collections.repository.ts'

/** Characters of a query with all smart collections written out; one that would be longer finds nothing. */
const LONGEST = 20_000
/** Smart collections within each other. */
const DEEPEST = 8
/** What no asset is. */
const NOTHING = '(is:kept -is:kept)'

/**
 * The query with smart collections, and collections with what is below them, written out, so that whoever answers it need
 * not know of them: a smart collection is what is kept and found by its query. The text of the person is left as it is where it names none.
 */
export function expandSmartCollections(catalog: Catalog, query: LibraryQuery): LibraryQuery {
  const collectionView = query.view.kind === 'collection' ? query.view : undefined
  if (collectionView === undefined && !query.text.includes(':')) return query
  const nodes = catalog.collections.nodes()
  const hasMore =
    collectionView?.deep === true && nodes.some(({ parent_id }) => parent_id === collectionView.collectionId)
  if (hasMore) return deepQuery(query, collectionView.collectionId, nodes)
  const smart = nodes.filter(({ kind }) => kind === 'smart')
  if (smart.length === 0) return query
  const text = writeOut(query.text, nodes, [])
  const viewed = smart.find(({ id }) => id === collectionView?.collectionId)
  if (viewed === undefined) return text === query.text ? query : { ...query, text }
  const own = writeOutCollection(viewed, nodes, [])
  const narrowed = query.text.trim() === '' ? own : `${own} (${printSearch(parseSearch(text).tree)})`
  return { ...query, view: { kind: 'library' }, text: narrowed }
}

/** A search for a collection finds what is below it too. */
function deepQuery(query: LibraryQuery, id: CollectionId, nodes: readonly CollectionNode[]): LibraryQuery {
  const own = writeOut(`collection:${id}`, nodes, [])
  const text = writeOut(query.text, nodes, [])
  const narrowed = query.text.trim() === '' ? own : `${own} (${printSearch(parseSearch(text).tree)})`
  return { ...query, view: { kind: 'everything' }, text: narrowed }
}

/** The text with each smart collection that it names replaced by what it means. */
function writeOut(text: string, nodes: readonly CollectionNode[], within: readonly CollectionId[]): string {
  const pieces: string[] = []
  let end = 0
  for (const { from, to, value } of collectionFields(parseSearch(text).tree)) {
    const named = collectionsNamed(nodes, value)
    if (from < end || !named.some(({ kind }) => kind === 'smart')) continue
    const meanings = named.map((node) =>
      node.kind === 'smart' ? writeOutCollection(node, nodes, within) : `collection:${node.id}`,
    )
    pieces.push(text.slice(end, from), `(${meanings.join(' or ')})`)
    end = to
  }
  const written = pieces.join('') + text.slice(end)
  return written.length > LONGEST ? NOTHING : written
}

function writeOutCollection(
  { id, query }: CollectionNode,
  nodes: readonly CollectionNode[],
  within: readonly CollectionId[],
): string {
  if (query === null || within.includes(id) || within.length >= DEEPEST) return NOTHING
  const text = writeOut(query, nodes, [...within, id])
  // Printed anew, so that nothing left open in it reaches beyond it.
  return `(is:kept (${printSearch(parseSearch(text).tree)}))`
}

/**
 * Throws `query_invalid` with the `position` (UTF-16, from 0) and all `problems` of a query that can't be understood, and
 * `query_loop` if the collection, or one of this name, would be found by way of itself.
 */
export function requireSmartQuery(
  catalog: Catalog,
  query: string,
  owner: { readonly id: CollectionId | undefined; readonly name: string },
): void {
  const { tree, problems } = parseSearch(query)
  const [first] = problems
  if (first !== undefined) {
    throw new VitrineError('query_invalid', `${first.message} (at character ${first.from + 1})`, {
      position: first.from,
      problems: problems.map(({ from, to, message }) => ({ from, to, message })),
    })
  }
  const nodes = catalog.collections.nodes().map((node) => (node.id === owner.id ? { ...node, query } : node))
  const seen = new Set<CollectionId>()
  const waiting = collectionFields(tree).map(({ value }) => value)
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (owner.id === undefined && sameName(value, owner.name)) throw loop(owner.name)
    for (const node of collectionsNamed(nodes, value)) {
      if (node.id === owner.id) throw loop(owner.name)
      if (node.kind !== 'smart' || seen.has(node.id)) continue
      seen.add(node.id)
      waiting.push(...collectionFields(parseSearch(node.query ?? '').tree).map((field) => field.value))
    }
  }
}

function loop(name: string): VitrineError {
  return new VitrineError(
    'query_loop',
    `“${name}” would be looked for inside itself: its query names a collection that leads back to it.`,
  )
}

/** The conditions of a search that name collections, in the order of its text. */
function collectionFields(tree: SearchNode): { readonly from: number; readonly to: number; readonly value: string }[] {
  const found: { from: number; to: number; value: string }[] = []
  const waiting: SearchNode[] = [tree]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.kind === 'all' || node.kind === 'any') waiting.push(...node.nodes)
    else if (node.kind === 'not') waiting.push(node.node)
    else if (node.kind === 'field' && node.field === 'collection')
      found.push({ from: node.from, to: node.to, value: node.value })
  }
  return found.sort((a, b) => a.from - b.from)
}

function collectionsNamed(nodes: readonly CollectionNode[], value: string): readonly CollectionNode[] {
  return nodes.filter(({ id, name }) => id === value || sameName(name, value))
}

function sameName(a: string, b: string): boolean {
  return a.normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase()
}
