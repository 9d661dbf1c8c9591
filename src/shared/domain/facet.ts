import { z } from 'zod'

export const facetKinds = [
  'type',
  'model',
  'generator',
  'tag',
  'collection',
  'year',
  'rating',
  'label',
  'extension',
] as const

/**
 * What results can be counted by. Tags and collections count what is below them too; `year` is
 * that in which an asset was captured, or made where that is not known.
 */
export const facetKindSchema = z.enum(facetKinds)
export type FacetKind = z.infer<typeof facetKindSchema>

const facetValueSchema = z.object({
  /** Id of a tag or a collection, else the value itself. */
  value: z.string(),
  /** For a person. */
  name: z.string(),
  /** How many of the results have it. */
  count: z.number().int().positive(),
})
export type FacetValue = z.infer<typeof facetValueSchema>

export const facetsSchema = z.object({
  revision: z.number().int(),
  /** Results of the query at this revision. */
  total: z.number().int().nonnegative(),
  /** In the order asked for; values with the most results first. */
  facets: z.array(
    z.object({
      kind: facetKindSchema,
      values: z.array(facetValueSchema),
      /** Further values that the limit left out. */
      more: z.number().int().nonnegative(),
    }),
  ),
})
export type Facets = z.infer<typeof facetsSchema>
