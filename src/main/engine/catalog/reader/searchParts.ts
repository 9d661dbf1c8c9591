import type { CollectionId } from '../../../../shared/domain/ids.ts'
import type { LibraryQuery, View } from '../../../../shared/domain/query.ts'
import { parseSearch } from '../../../../shared/domain/search/parseSearch.ts'
import type { SearchNode } from '../../../../shared/domain/search/searchNode.ts'
import { resolveDates } from '../../../../shared/domain/search/values/dateValue.ts'
import { readFieldValue } from '../../../../shared/domain/search/values/readFieldValue.ts'
import { RECENT_MS, viewCondition } from '../query/compileQuery.ts'
import { compileSearch, type SearchContext } from '../query/compileSearch.ts'
import { type Condition, rows } from '../query/sqlFragment.ts'
import { bothOf, type FlagTest, flagTest, testOf } from './flagTests.ts'
import { libraryFlags, liveFlags, viewFlags } from './rowFlags.ts'

/** A SELECT of row ids; with `not`, what it gives is what is left out. Rows of which nothing is known may be among them. */
export interface RowSource {
  readonly not: boolean
  readonly sql: string
  readonly parameters: readonly (string | number)[]
  /** Whether it is quick to tell of a single row: not of the index of words. */
  readonly seekable: boolean
}

/** Times of import, milliseconds since the Unix epoch, both included. */
export interface TimeSpan {
  readonly from: number
  readonly to: number
}

/** What a query finds: rows whose flags pass, that came in at such times, and that every source has (or has not). */
export interface SearchParts {
  readonly test: FlagTest
  readonly imported: TimeSpan
  readonly sources: readonly RowSource[]
}

/**
 * Takes a query apart into what is known in memory and statements that are quick each for itself: many rows are looked
 * for in an index alone, and what they have in common is found in memory.
 */
export function searchParts(query: LibraryQuery, context: SearchContext): SearchParts {
  const view = viewParts(query.view, context)
  const text = textParts(query.text, context)
  return {
    test: [view.test, ...text.tests].reduce(bothOf),
    imported: [view.imported, ...text.imported].reduce(commonOf),
    sources: [...view.sources, ...text.sources],
  }
}

function viewParts(view: View, context: SearchContext): SearchParts {
  const flags = viewFlags(view, context.unsorted)
  if (flags !== null) return { test: testOf(flags), imported: always, sources: [] }
  const live = testOf(liveFlags)
  switch (view.kind) {
    case 'recent':
      return { test: testOf(libraryFlags), imported: { ...always, from: context.now - RECENT_MS }, sources: [] }
    case 'collection': {
      const members = rows('SELECT asset_row FROM collection_assets WHERE collection_id = ?', view.collectionId)
      return { test: live, imported: always, sources: [sourceOf(members, false)] }
    }
    default: {
      const parameters: (string | number)[] = []
      const sql = `SELECT row_id FROM assets WHERE ${viewCondition(view, context.unsorted, context.now, parameters)}`
      return { test: live, imported: always, sources: [{ not: false, sql, parameters, seekable: true }] }
    }
  }
}

interface TextParts {
  readonly tests: readonly FlagTest[]
  readonly imported: readonly TimeSpan[]
  readonly sources: readonly RowSource[]
}

function textParts(text: string, context: SearchContext): TextParts {
  const parts = { tests: [] as FlagTest[], imported: [] as TimeSpan[], sources: [] as RowSource[] }
  if (text.trim() === '') return parts
  const { tree } = parseSearch(text)
  const nodes = tree.kind === 'all' ? tree.nodes : [tree]
  // Words are asked for together: the index of words is quick at what several have in common.
  const words = nodes.filter(isWord)
  const joined: SearchNode[] = words.length === 0 ? [] : [{ kind: 'all', nodes: words, from: tree.from, to: tree.to }]
  for (const node of [...joined, ...nodes.filter((other) => !isWord(other))]) {
    const test = flagTest(node)
    const imported = test === null ? importedSpan(node, context) : null
    if (test !== null) parts.tests.push(test)
    else if (imported !== null) parts.imported.push(imported)
    else {
      const not = node.kind === 'not'
      const condition = compileSearch(not ? node.node : node, context)
      if (condition !== null) parts.sources.push(sourceOf(condition, not))
    }
  }
  return parts
}

function isWord({ kind }: SearchNode): boolean {
  return kind === 'word' || kind === 'phrase' || kind === 'fragment'
}

function importedSpan(node: SearchNode, { now, timeZone }: SearchContext): TimeSpan | null {
  if (node.kind !== 'field' || node.field !== 'imported') return null
  const value = readFieldValue(node)
  if (value?.kind !== 'dates') return null
  const { from, to } = resolveDates(value, now, timeZone, false)
  // Times are whole milliseconds; the end does not belong to it.
  return { from: from ?? always.from, to: to === null ? always.to : Math.ceil(to) - 1 }
}

const always: TimeSpan = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }

function commonOf(one: TimeSpan, other: TimeSpan): TimeSpan {
  return { from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) }
}

function sourceOf(condition: Condition, not: boolean): RowSource {
  const { parameters } = condition
  const sql = condition.kind === 'rows' ? condition.sql : `SELECT row_id FROM assets WHERE ${condition.sql}`
  return { not, sql, parameters, seekable: !sql.includes('asset_search') }
}

/** The zone whose days a person means. */
export function contextOf(unsorted: CollectionId, now: number): SearchContext {
  return { unsorted, now, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone }
}
