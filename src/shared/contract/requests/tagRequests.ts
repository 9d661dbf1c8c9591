import { z } from 'zod'
import { tagIdSchema } from '../../domain/ids.ts'
import { tagColorSchema, tagNameSchema, tagSchema, typedTagSchema } from '../../domain/tag.ts'
import { assets, mutationResultSchema, none, type RequestMap } from './requestMap.ts'

const one = z.object({ id: tagIdSchema })
const limit = z.number().int().min(1).max(100).default(12)

/**
 * Tags. A name belongs to one tag, whatever its case; `tag_name_taken` has the `id`, `name` and `path` of the tag that has
 * it (`alias` true: as an alias), so that a merge can be offered.
 */
export const tagRequests = {
  /** Depth-first, siblings in the order made by hand and then by name. */
  'tags.list': { input: none, output: z.array(tagSchema) },
  /** A path (`a/b/c`) makes what is missing of it. With `parentId` the name is one name below that tag. */
  'tags.create': {
    input: z.object({ name: typedTagSchema, parentId: tagIdSchema.optional(), color: tagColorSchema.optional() }),
    output: z.object({ tag: tagSchema, result: mutationResultSchema }),
  },
  'tags.rename': { input: one.extend({ name: tagNameSchema }), output: mutationResultSchema },
  'tags.color': { input: one.extend({ color: tagColorSchema.nullable() }), output: mutationResultSchema },
  /** Replaces all of its aliases. */
  'tags.aliases': { input: one.extend({ aliases: z.array(tagNameSchema).max(50) }), output: mutationResultSchema },
  /**
   * Below another (null: to the root), with all below it; before a sibling there (null: to the end; left out: where its
   * name puts it). `inside_itself`, `too_deep`.
   */
  'tags.move': {
    input: one.extend({ parentId: tagIdSchema.nullable(), before: tagIdSchema.nullable().optional() }),
    output: mutationResultSchema,
  },
  /** All assets of `from` get `into`; names become its aliases, children its children. One step to undo. */
  'tags.merge': {
    input: z.object({ from: z.array(tagIdSchema).min(1).max(1000), into: tagIdSchema }),
    output: mutationResultSchema,
  },
  /** The assets stay; tags below move up. Undo brings back what had them. */
  'tags.delete': { input: z.object({ ids: z.array(tagIdSchema).min(1).max(1000) }), output: mutationResultSchema },
  /** For what is being typed: tags that it may name; for a selection: tags that it is likely to be given. Best first. */
  'tags.suggest': {
    input: z.union([z.object({ text: z.string().max(1000), limit }), assets.extend({ limit })]),
    output: z.array(tagSchema),
  },
} as const satisfies RequestMap
