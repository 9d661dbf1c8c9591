import type { CollectionId } from '../../../shared/domain/ids.ts'
import { parseSearch } from '../../../shared/domain/search/parseSearch.ts'
import { printValue } from '../../../shared/domain/search/printSearch.ts'
import type { SearchNode } from '../../../shared/domain/search/searchNode.ts'
import { TAG_SEPARATOR, tagKey, tagPath } from '../../../shared/domain/tag.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { MutationWriter } from '../catalog/mutations.ts'

type NameField = Extract<SearchNode, { kind: 'field' }>

/** Inside a mutation: smart collections go on finding what has a tag that is named otherwise from now on. */
export function renameTagInQueries(catalog: Catalog, writer: MutationWriter, before: string, after: string): void {
  const key = tagKey(before)
  if (key === tagKey(after)) return
  rewriteQueries(catalog, writer, 'tag', ({ value, quoted }) => {
    const names = tagPath(value)
    if (!names.some((name) => tagKey(name) === key)) return null
    const renamed = names.map((name) => (tagKey(name) === key ? after : name))
    return `tag:${printValue(renamed.join(TAG_SEPARATOR), quoted)}`
  })
}

/** Inside a mutation: paths by way of these tags begin with them from now on, as they are about to stand elsewhere. */
export function shortenTagPathsInQueries(catalog: Catalog, writer: MutationWriter, moved: readonly string[]): void {
  if (moved.length === 0) return
  const keys = new Set(moved.map(tagKey))
  rewriteQueries(catalog, writer, 'tag', ({ value, quoted }) => {
    const names = tagPath(value)
    const at = names.findLastIndex((name) => keys.has(tagKey(name)))
    return at > 0 ? `tag:${printValue(names.slice(at).join(TAG_SEPARATOR), quoted)}` : null
  })
}

/** Inside a mutation, before the name is changed: smart collections go on finding what is in a collection. */
export function renameCollectionInQueries(
  catalog: Catalog,
  writer: MutationWriter,
  { id, name: before }: { readonly id: CollectionId; readonly name: string },
  after: string,
): void {
  const nodes = catalog.collections.nodes()
  const isNamed = (name: string): boolean => nodes.some((other) => other.id !== id && sameName(other.name, name))
  if (sameName(before, after)) return
  // A name that others have would find them too.
  const own = isNamed(after) ? `collection:${id}` : `collection:${printValue(after)}`
  const shared = isNamed(before)
  rewriteQueries(catalog, writer, 'collection', ({ value, quoted }) => {
    if (!sameName(value, before)) return null
    return shared ? `(collection:${printValue(value, quoted)} or ${own})` : own
  })
}

/** Replaces conditions in the queries of all smart collections; null leaves one as it is. */
function rewriteQueries(
  catalog: Catalog,
  writer: MutationWriter,
  field: 'tag' | 'collection',
  rewrite: (condition: NameField) => string | null,
): void {
  for (const { id, query } of catalog.collections.nodes()) {
    if (query === null || !query.includes(field)) continue
    let text = ''
    let end = 0
    for (const condition of conditionsOf(parseSearch(query).tree, field)) {
      const written = rewrite(condition)
      if (written === null) continue
      text += query.slice(end, condition.from) + written
      end = condition.to
    }
    if (end > 0) writer.set('collection', id, 'query', text + query.slice(end))
  }
}

/** In the order of the text. */
function conditionsOf(tree: SearchNode, field: string): readonly NameField[] {
  const found: NameField[] = []
  const waiting: SearchNode[] = [tree]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.kind === 'all' || node.kind === 'any') waiting.push(...node.nodes)
    else if (node.kind === 'not') waiting.push(node.node)
    else if (node.kind === 'field' && node.field === field) found.push(node)
  }
  return found.sort((a, b) => a.from - b.from)
}

function sameName(a: string, b: string): boolean {
  return a.normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase()
}
