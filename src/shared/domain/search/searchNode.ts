import type { FieldName } from './searchFields.ts'

/** A stretch of the text: UTF-16 offsets, `to` is the first one behind it. */
export interface Span {
  readonly from: number
  readonly to: number
}

export const searchOperators = [':', '=', '>', '>=', '<', '<='] as const
export type SearchOperator = (typeof searchOperators)[number]

/**
 * What a person typed into the search field, as a tree. A word matches from the beginning of words, a phrase matches
 * words in their order, a fragment matches inside words. What could not be understood is `invalid` and narrows nothing.
 */
export type SearchNode = Span &
  (
    | { readonly kind: 'all' | 'any'; readonly nodes: readonly SearchNode[] }
    | { readonly kind: 'not'; readonly node: SearchNode }
    | { readonly kind: 'word' | 'phrase' | 'fragment'; readonly text: string }
    | {
        readonly kind: 'field'
        readonly field: FieldName
        readonly operator: SearchOperator
        readonly value: string
        /** True for a value in quotation marks. */
        readonly quoted: boolean
      }
    | { readonly kind: 'invalid'; readonly text: string }
  )
export type FieldNode = Extract<SearchNode, { kind: 'field' }>
export type TextNode = Extract<SearchNode, { kind: 'word' | 'phrase' | 'fragment' }>

/** A place that can't be understood. `incomplete` is what it looks like while somebody is still typing. */
export interface SearchProblem extends Span {
  readonly kind: 'mistake' | 'incomplete'
  readonly message: string
}

export interface ParsedSearch {
  readonly tree: SearchNode
  /** In the order of the text. */
  readonly problems: readonly SearchProblem[]
}
