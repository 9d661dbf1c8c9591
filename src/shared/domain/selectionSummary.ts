import { z } from 'zod'
import { assetTypeSchema, colorLabelSchema, spaceSchema, visibilitySchema } from './asset.ts'
import { collectionIdSchema, tagIdSchema } from './ids.ts'

/** What all assets of a selection have in a field, or that they differ. */
const shared = <S extends z.ZodType>(value: S) =>
  z.discriminatedUnion('kind', [z.object({ kind: z.literal('same'), value }), z.object({ kind: z.literal('mixed') })])

/** Tags or collections that are told by name; there may be more. */
export const MOST_SHARED = 500

/** A selection of assets as one. Sizes are bytes, `with` of a tag counts the assets of the selection that have it. */
export const selectionSummarySchema = z.object({
  /** Assets of the selection that exist. */
  total: z.number().int().nonnegative(),
  bytes: z.number().nonnegative(),
  types: z.partialRecord(assetTypeSchema, z.number().int().positive()),
  /** How many are in Trash. */
  deleted: z.number().int().nonnegative(),
  /** Null where there are no assets. */
  fields: z
    .object({
      custom_title: shared(z.string().nullable()),
      description: shared(z.string().nullable()),
      rating: shared(z.number().int()),
      color_label: shared(colorLabelSchema.nullable()),
      is_favorite: shared(z.boolean()),
      visibility: shared(visibilitySchema),
      content_category: shared(z.string()),
      space: shared(spaceSchema),
      model_used: shared(z.string().nullable()),
      generator: shared(z.string().nullable()),
      original_prompt: shared(z.string().nullable()),
    })
    .nullable(),
  /** The most used first; `with` equal to `total` means that all have it. */
  tags: z
    .array(
      z.object({ id: tagIdSchema, name: z.string(), color: z.string().nullable(), with: z.number().int().positive() }),
    )
    .max(MOST_SHARED),
  collections: z
    .array(z.object({ id: collectionIdSchema, name: z.string(), with: z.number().int().positive() }))
    .max(MOST_SHARED),
})
export type SelectionSummary = z.infer<typeof selectionSummarySchema>
