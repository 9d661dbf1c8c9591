import { z } from 'zod'
import { collectionNameSchema, collectionSchema, generationJobSchema, tagSchema } from '../../domain/collection.ts'
import { collectionIdSchema } from '../../domain/ids.ts'
import { assets, mutationResultSchema, none, type RequestMap } from './requestMap.ts'

export const organiseRequests = {
  'collections.list': { input: none, output: z.array(collectionSchema) },
  'collections.create': {
    input: z.object({ name: collectionNameSchema, parentId: collectionIdSchema.optional() }),
    output: z.object({ collection: collectionSchema, result: mutationResultSchema }),
  },
  'collections.rename': {
    input: z.object({ id: collectionIdSchema, name: collectionNameSchema }),
    output: mutationResultSchema,
  },
  /** The assets stay; those in no other collection are in "Unsorted" again. */
  'collections.delete': { input: z.object({ id: collectionIdSchema }), output: mutationResultSchema },
  'collections.add': { input: assets.extend({ id: collectionIdSchema }), output: mutationResultSchema },
  'collections.remove': { input: assets.extend({ id: collectionIdSchema }), output: mutationResultSchema },
  'tags.list': { input: none, output: z.array(tagSchema) },
  'jobs.list': { input: none, output: z.array(generationJobSchema) },
} as const satisfies RequestMap
