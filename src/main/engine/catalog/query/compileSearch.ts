import { UNSORTED_NAME } from '../../../../shared/domain/collection.ts'
import type { CollectionId } from '../../../../shared/domain/ids.ts'
import type { FieldName } from '../../../../shared/domain/search/searchFields.ts'
import type { FieldNode, SearchNode, TextNode } from '../../../../shared/domain/search/searchNode.ts'
import { type DateValue, resolveDates } from '../../../../shared/domain/search/values/dateValue.ts'
import type { NumberRange } from '../../../../shared/domain/search/values/range.ts'
import { readFieldValue } from '../../../../shared/domain/search/values/readFieldValue.ts'
import type { FacetField } from './assetFacets.ts'
import { SIMILAR_BITS } from './likeness.ts'
import { allOf, anyOf, type Condition, denied, plain, rows, type SqlValue } from './sqlFragment.ts'
import { hasConditions, isConditions, UNSORTED } from './stateConditions.ts'
import { taggedAssets } from './tagSearch.ts'
import { findText } from './words/findText.ts'
import { foldText } from './words/indexedText.ts'

/** What a search means depends on when and where it is asked. */
export interface SearchContext {
  readonly unsorted: CollectionId
  /** Milliseconds since the Unix epoch. */
  readonly now: number
  /** IANA name of the zone whose days count. */
  readonly timeZone: string
}

/**
 * The condition of a search tree on `assets`; null where it narrows nothing. Values are only ever bound, never part of the
 * text, and what could not be understood is left out.
 */
export function compileSearch(node: SearchNode, context: SearchContext): Condition | null {
  switch (node.kind) {
    case 'all':
      return compileAll(node.nodes, context)
    case 'any': {
      const parts = compileEach(node.nodes, context)
      return parts.length === 0 ? null : anyOf(parts)
    }
    case 'not': {
      const inner = compileSearch(node.node, context)
      return inner === null ? null : denied(inner)
    }
    case 'word':
    case 'phrase':
    case 'fragment':
      return findText([node])
    case 'field':
      return compileField(node, context)
    case 'invalid':
      return null
  }
}

/** Words are asked for together: the index is quick at what several lists have in common. */
function compileAll(nodes: readonly SearchNode[], context: SearchContext): Condition | null {
  const texts = nodes.filter(isText)
  const others = nodes.filter((node) => !isText(node))
  const found = findText(texts)
  const parts = [...(found === null ? [] : [found]), ...compileEach(others, context)]
  return parts.length === 0 ? null : allOf(parts)
}

function isText(node: SearchNode): node is TextNode {
  return node.kind === 'word' || node.kind === 'phrase' || node.kind === 'fragment'
}

function compileEach(nodes: readonly SearchNode[], context: SearchContext): Condition[] {
  return nodes.flatMap((node) => compileSearch(node, context) ?? [])
}

const wordColumns: Readonly<Partial<Record<FieldName, string>>> = {
  name: 'file_name',
  title: 'title',
  notes: 'description',
  prompt: 'prompt',
  negative: 'negative_prompt',
}

function compileField(node: FieldNode, context: SearchContext): Condition | null {
  const value = readFieldValue(node)
  if (value === null) return null
  switch (value.kind) {
    case 'text':
      return compileText(node, value.text, context)
    case 'choice':
      return compileChoice(node.field, value.choice)
    case 'range':
      return compileRange(node.field, value)
    case 'dates':
      return compileDates(node.field, value, context)
    case 'color':
      return rows(
        'SELECT asset_row FROM asset_colors WHERE cell IN (SELECT value FROM json_each(?))',
        JSON.stringify(value.cells),
      )
  }
}

function compileText({ field, operator, quoted }: FieldNode, text: string, context: SearchContext): Condition | null {
  const column = wordColumns[field]
  if (column !== undefined) {
    const fragment = !quoted && text.startsWith('*')
    const kind = quoted ? 'phrase' : fragment ? 'fragment' : 'word'
    return findText([{ kind, text }], column) ?? plain('0')
  }
  switch (field) {
    case 'tag':
      return taggedAssets(text)
    case 'collection':
      if (text === context.unsorted || text.toLowerCase() === UNSORTED_NAME.toLowerCase()) return plain(UNSORTED)
      return rows(
        `SELECT asset_row FROM collection_assets WHERE collection_id IN (
          WITH RECURSIVE meant(id) AS (
            SELECT id FROM collections WHERE (name = ? COLLATE NOCASE OR id = ?) AND deleted_at IS NULL
            UNION SELECT c.id FROM meant m JOIN collections c ON c.parent_id = m.id WHERE c.deleted_at IS NULL)
          SELECT id FROM meant)`,
        text,
        text,
      )
    case 'seed':
      return rows('SELECT row_id FROM assets WHERE generation_seed = ?', text)
    case 'job':
      return rows(
        'SELECT row_id FROM assets WHERE job_id IN (SELECT id FROM generation_jobs WHERE folder = ? COLLATE NOCASE OR id = ?)',
        text,
        text,
      )
    case 'request':
      return rows(
        `SELECT row_id FROM assets WHERE request_id = ?
         UNION ALL SELECT a.row_id FROM generation_jobs j CROSS JOIN assets a ON a.job_id = j.id
         WHERE j.request_id = ? AND a.request_id IS NULL`,
        text,
        text,
      )
    case 'similar':
      return similar(text)
    case 'stack':
      return stack(text)
    case 'ext':
      return facet('ext', foldText(text.replace(/^\./, '')), true)
    case 'category':
      return text.toLowerCase() === 'general'
        ? plain("content_category = 'general'")
        : facet('category', foldText(text), true)
    case 'model':
    case 'generator':
    case 'sampler':
    case 'lora':
    case 'camera':
    case 'lens':
      return facet(field, foldText(text), operator === '=')
    default:
      return null
  }
}

function facet(field: FacetField, folded: string, whole: boolean): Condition {
  return rows(
    `SELECT asset_row FROM asset_facets WHERE value_id IN (
      SELECT value_id FROM facet_values WHERE field = ? AND ${whole ? 'folded = ?' : 'instr(folded, ?) > 0'})`,
    field,
    folded,
  )
}

/** Pictures whose perceptual hash is near that of the first asset whose id begins so, itself among them. */
function similar(prefix: string): Condition {
  // `g` follows every hexadecimal digit.
  const hash = "(SELECT phash FROM assets WHERE id >= ? AND id < ? || 'g' ORDER BY id LIMIT 1)"
  return rows(
    `SELECT asset_row FROM asset_likeness
     WHERE band IN (SELECT value FROM json_each(likeness_probes(${hash}))) AND likeness_distance(phash, ${hash}) <= ${SIMILAR_BITS}`,
    prefix,
    prefix,
    prefix,
    prefix,
  )
}

/** Assets made of the same prompt as the first asset whose id begins so, itself among them. */
function stack(prefix: string): Condition {
  return rows(
    `SELECT row_id FROM assets
     WHERE prompt_key = (SELECT prompt_key FROM assets WHERE id >= ? AND id < ? || 'g' ORDER BY id LIMIT 1)`,
    prefix,
    prefix,
  )
}

function compileChoice(field: FieldName, choice: string): Condition | null {
  switch (field) {
    case 'is':
      return isConditions[choice] ?? null
    case 'has':
      return hasConditions[choice] ?? null
    case 'type':
      return plain('asset_type = ?', choice)
    case 'sync':
      return plain('sync_state = ?', choice)
    case 'label':
      return choice === 'none' ? plain('color_label IS NULL') : plain('color_label = ?', choice)
    case 'status':
      return choice === 'available'
        ? plain("status = 'available'")
        : plain("(status <> 'available' AND status = ?)", choice)
    case 'visibility':
      return choice === 'private'
        ? plain("visibility = 'private'")
        : plain("(visibility <> 'private' AND visibility = ?)", choice)
    default:
      return null
  }
}

function compileRange(field: FieldName, range: NumberRange): Condition | null {
  switch (field) {
    case 'rating':
      // Rated assets are few, and only they have an index.
      return inRange('rating', range, (range.min ?? 0) > 0 || (range.min === 0 && range.minOpen) ? 'rating > 0' : null)
    case 'version':
      return inRange(
        'version_number',
        range,
        (range.min ?? 0) > 1 || (range.min === 1 && range.minOpen) ? 'version_number > 1' : null,
      )
    case 'size':
      return inRange('file_size_bytes', range, null)
    case 'width':
      return inRange('width', range, null)
    case 'height':
      return inRange('height', range, null)
    case 'aspect':
      return inRange('aspect', range, 'width IS NOT NULL')
    case 'duration':
      return inRange('duration_seconds', range, 'duration_seconds IS NOT NULL')
    default:
      return null
  }
}

function inRange(column: string, { min, minOpen, max, maxOpen }: NumberRange, also: string | null): Condition {
  const parts = also === null ? [] : [also]
  const parameters: SqlValue[] = []
  if (min !== null) {
    parts.push(`${column} ${minOpen ? '>' : '>='} ?`)
    parameters.push(min)
  }
  if (max !== null) {
    parts.push(`${column} ${maxOpen ? '<' : '<='} ?`)
    parameters.push(max)
  }
  return plain(`(${parts.join(' AND ')})`, ...parameters)
}

const dateColumns: Readonly<Partial<Record<FieldName, string>>> = {
  imported: 'imported_at',
  captured: 'coalesce(captured_at, created_at)',
  created: 'created_at',
  updated: 'updated_at',
  expires: 'expires_at',
}

function compileDates(field: FieldName, value: DateValue, { now, timeZone }: SearchContext): Condition | null {
  const column = dateColumns[field]
  if (column === undefined) return null
  const { from, to } = resolveDates(value, now, timeZone, field === 'expires')
  const range = { kind: 'range', min: from, minOpen: false, max: to, maxOpen: true } as const
  return inRange(column, range, field === 'expires' ? 'expires_at IS NOT NULL' : null)
}
