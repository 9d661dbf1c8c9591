import { z } from 'zod'
import { assetSelectionSchema } from '../../domain/asset.ts'

/** Requests by name: what goes in, what comes out. */
export type RequestMap = Record<string, { readonly input: z.ZodType; readonly output: z.ZodType }>

export const none = z.undefined()
export const done = z.undefined()

/** A request about any number of assets. */
export const assets = z.object({ assets: assetSelectionSchema })

/** What a mutation did: how many assets changed, what to call it in a toast, and the history entry that undoes it. */
export const mutationResultSchema = z.object({
  count: z.number().int().nonnegative(),
  label: z.string(),
  activityId: z.number().int().nullable(),
  revision: z.number().int(),
  /** A person ended it before it was through: the rest says what was done until then. */
  cancelled: z.literal(true).optional(),
})
export type MutationResult = z.infer<typeof mutationResultSchema>

export const activitySchema = z.object({
  id: z.number().int(),
  kind: z.string(),
  label: z.string(),
  count: z.number().int(),
  at: z.iso.datetime(),
  undone: z.boolean(),
})
export type Activity = z.infer<typeof activitySchema>

/** An entry of the history as one asset has it. */
export const assetActivitySchema = activitySchema.extend({
  /** Who; the name is null for a device that is not known by name. */
  device: z.object({ id: z.string(), name: z.string().nullable(), is_this: z.boolean() }),
  /** What it changed of the asset, a line each; a text that was changed also whole. */
  changes: z.array(z.object({ text: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  /** Null when `history.undoEntry` would undo it. */
  why_not_undone: z.string().nullable(),
})
export type AssetActivity = z.infer<typeof assetActivitySchema>
