import { VitrineError } from '../../../../shared/contract/errors.ts'
import {
  assetStatusSchema,
  assetTypeSchema,
  colorLabelSchema,
  syncStateSchema,
} from '../../../../shared/domain/asset.ts'
import { UNSORTED_NAME } from '../../../../shared/domain/collection.ts'
import type { CollectionId } from '../../../../shared/domain/ids.ts'
import type { SearchNode, SearchOperator } from '../../../../shared/domain/searchText.ts'

type FieldNode = Extract<SearchNode, { kind: 'field' }>
type Parameters = (string | number)[]

const units: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1e3,
  kb: 1e3,
  m: 1e6,
  mb: 1e6,
  g: 1e9,
  gb: 1e9,
  s: 1,
  min: 60,
}

/**
 * Assets with a tag whose name or other names have the words. They are not in the index of the assets themselves, so that
 * tagging and renaming does not write every word of an asset anew.
 */
const TAGGED = `SELECT x.asset_row FROM tag_search s JOIN tags t ON t.id = s.tag_id AND t.deleted_at IS NULL
  JOIN asset_tags x ON x.tag_id = t.id WHERE tag_search MATCH ?`

/** The SQL condition of a search tree over `assets`. Values are only ever bound, never part of the text. */
export function compileSearch(node: SearchNode, unsorted: CollectionId, parameters: Parameters): string {
  switch (node.kind) {
    case 'all':
    case 'any': {
      if (node.nodes.length === 0) return '1'
      const parts = node.nodes.map((part) => compileSearch(part, unsorted, parameters))
      return `(${parts.join(node.kind === 'all' ? ' AND ' : ' OR ')})`
    }
    case 'not':
      return `NOT coalesce(${compileSearch(node.node, unsorted, parameters)}, 0)`
    case 'word':
    case 'phrase': {
      const match = ftsQuery(node.text, node.kind === 'word')
      if (match === null) return '1'
      parameters.push(match, match)
      return `row_id IN (SELECT rowid FROM asset_search WHERE asset_search MATCH ? UNION ALL ${TAGGED})`
    }
    case 'field':
      return compileField(node, unsorted, parameters)
  }
}

/**
 * An FTS5 query for typed text, null when nothing in it can be searched. Every token is quoted, so that no character
 * a person types is an operator; the last word also matches as a beginning.
 */
function ftsQuery(text: string, prefix: boolean, column?: string): string | null {
  const tokens = text.match(/[\p{L}\p{N}\p{M}\p{Co}]+/gu)
  if (tokens === null) return null
  const phrase = `"${tokens.join(' ')}"${prefix ? '*' : ''}`
  return column === undefined ? phrase : `${column} : ${phrase}`
}

function compileField(node: FieldNode, unsorted: CollectionId, parameters: Parameters): string {
  const value = node.value
  switch (node.field) {
    case 'tag':
      parameters.push(value)
      return 'row_id IN (SELECT x.asset_row FROM asset_tags x JOIN tags t ON t.id = x.tag_id WHERE t.name = ? COLLATE NOCASE AND t.deleted_at IS NULL)'
    case 'collection':
      if (value === unsorted || value.toLowerCase() === UNSORTED_NAME.toLowerCase())
        return "(space = 'library' AND membership_count = 0)"
      parameters.push(value, value)
      return 'row_id IN (SELECT x.asset_row FROM collection_assets x JOIN collections c ON c.id = x.collection_id WHERE (c.name = ? COLLATE NOCASE OR c.id = ?) AND c.deleted_at IS NULL)'
    case 'type':
      return equals('asset_type', oneOf(node, assetTypeSchema.options), parameters)
    case 'status':
      return equals('status', oneOf(node, assetStatusSchema.options), parameters)
    case 'sync':
      return equals('sync_state', oneOf(node, syncStateSchema.options), parameters)
    case 'label':
      return equals('color_label', oneOf(node, colorLabelSchema.options), parameters)
    case 'is':
      return isConditions[oneOf(node, Object.keys(isConditions))] ?? '0'
    case 'ext':
      return equals('extension', value.toLowerCase().replace(/^\./, ''), parameters)
    case 'seed':
      return equals('generation_seed', value, parameters)
    case 'generator':
      return `${equals('generator', value, parameters)} COLLATE NOCASE`
    case 'name':
      return searchColumn('file_name', value, parameters)
    case 'model':
      return searchColumn('model', value, parameters)
    case 'prompt':
      return searchColumn('prompt', value, parameters)
    case 'job':
      parameters.push(value, value)
      return 'job_id IN (SELECT id FROM generation_jobs WHERE folder = ? COLLATE NOCASE OR id = ?)'
    case 'rating':
      return compare('rating', node, parameters)
    case 'size':
      return compare('file_size_bytes', node, parameters)
    case 'width':
      return compare('width', node, parameters)
    case 'height':
      return compare('height', node, parameters)
    case 'duration':
      return compare('duration_seconds', node, parameters)
  }
}

const isConditions: Readonly<Record<string, string>> = {
  favorite: 'is_favorite = 1',
  favourite: 'is_favorite = 1',
  untagged: 'tag_count = 0',
  tagged: 'tag_count > 0',
  unsorted: "(space = 'library' AND membership_count = 0)",
  kept: "space = 'library'",
  workspace: "space = 'workspace'",
  rated: 'rating > 0',
  unrated: 'rating = 0',
}

function equals(column: string, value: string, parameters: Parameters): string {
  parameters.push(value)
  return `${column} = ?`
}

function searchColumn(column: string, value: string, parameters: Parameters): string {
  const match = ftsQuery(value, true, column)
  if (match === null) return '0'
  parameters.push(match)
  return 'row_id IN (SELECT rowid FROM asset_search WHERE asset_search MATCH ?)'
}

const sqlOperators: Readonly<Record<SearchOperator, string>> = {
  ':': '=',
  '=': '=',
  '>': '>',
  '>=': '>=',
  '<': '<',
  '<=': '<=',
}

function compare(column: string, node: FieldNode, parameters: Parameters): string {
  const match = /^(\d+(?:\.\d+)?)([a-z]*)$/i.exec(node.value)
  const unit = units[(match?.[2] ?? '').toLowerCase()]
  if (match === null || unit === undefined) throw invalid(node, `“${node.value}” is not a number`)
  parameters.push(Number(match[1]) * unit)
  return `${column} ${sqlOperators[node.operator]} ?`
}

function oneOf(node: FieldNode, allowed: readonly string[]): string {
  const value = node.value.toLowerCase()
  if (!allowed.includes(value))
    throw invalid(node, `“${node.field}:${node.value}” is not known; it can be ${allowed.join(', ')}`)
  return value
}

function invalid(node: FieldNode, message: string): VitrineError {
  return new VitrineError('invalid_request', `${message}.`, { field: node.field, value: node.value })
}
