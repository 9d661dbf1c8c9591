import type { CollectionId } from '../../../../shared/domain/ids.ts'
import type { LibraryQuery } from '../../../../shared/domain/query.ts'
import { parseSearch } from '../../../../shared/domain/search/parseSearch.ts'
import type { SearchNode } from '../../../../shared/domain/search/searchNode.ts'
import { viewCondition } from '../query/compileQuery.ts'
import { compileSearch, type SearchContext } from '../query/compileSearch.ts'
import { type Condition, rows } from '../query/sqlFragment.ts'
import { type FlagPattern, liveFlags, viewFlags } from './rowFlags.ts'

/** A SELECT of row ids; with `not`, what it gives is what is left out. Rows of which nothing is known may be among them. */
interface RowSource {
  readonly not: boolean
  readonly sql: string
  readonly parameters: readonly (string | number)[]
}

/** What a query finds: rows whose flags match, and that every source has (or has not). */
export interface SearchParts {
  readonly flags: FlagPattern
  readonly sources: readonly RowSource[]
}

/**
 * Takes a query apart into what is known in memory and statements that are quick each for itself: many rows are looked
 * for in an index alone, and what they have in common is found in memory.
 */
export function searchParts(query: LibraryQuery, context: SearchContext): SearchParts {
  const { view } = query
  const trash = view.kind === 'trash'
  const sources = textSources(query.text, context, trash)
  const flags = viewFlags(view, context.unsorted)
  if (flags !== null) return { flags, sources }
  if (view.kind === 'collection') {
    const members = rows('SELECT asset_row FROM collection_assets WHERE collection_id = ?', view.collectionId)
    return { flags: liveFlags, sources: [sourceOf(members, false, trash), ...sources] }
  }
  const parameters: (string | number)[] = []
  const sql = `SELECT row_id FROM assets WHERE ${viewCondition(view, context.unsorted, context.now, parameters)}`
  return { flags: liveFlags, sources: [{ not: false, sql, parameters }, ...sources] }
}

function textSources(text: string, context: SearchContext, trash: boolean): RowSource[] {
  if (text.trim() === '') return []
  const { tree } = parseSearch(text)
  const nodes = tree.kind === 'all' ? tree.nodes : [tree]
  // Words are asked for together: the index of words is quick at what several have in common.
  const words = nodes.filter(isWord)
  const others = nodes.filter((node) => !isWord(node))
  const joined: SearchNode[] = words.length === 0 ? [] : [{ kind: 'all', nodes: words, from: tree.from, to: tree.to }]
  return [...joined, ...others].flatMap((node) => {
    const not = node.kind === 'not'
    const condition = compileSearch(not ? node.node : node, context)
    return condition === null ? [] : [sourceOf(condition, not, trash)]
  })
}

function isWord({ kind }: SearchNode): boolean {
  return kind === 'word' || kind === 'phrase' || kind === 'fragment'
}

function sourceOf(condition: Condition, not: boolean, trash: boolean): RowSource {
  if (condition.kind === 'rows') return { not, sql: condition.sql, parameters: condition.parameters }
  // Indexes of a value have either what is in Trash or what is not.
  const sql = `SELECT row_id FROM assets WHERE deleted_at IS ${trash ? 'NOT ' : ''}NULL AND (${condition.sql})`
  return { not, sql, parameters: condition.parameters }
}

/** The zone whose days a person means. */
export function contextOf(unsorted: CollectionId, now: number): SearchContext {
  return { unsorted, now, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone }
}
