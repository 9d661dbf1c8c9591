import { z } from 'zod'

/** Files of other programs in a bucket that are not in the library yet. */
export const bucketSurveySchema = z.object({
  files: z.number().int().nonnegative(),
  bytes: z.number().nonnegative(),
  /** There are more than one short look counts. */
  more: z.boolean(),
})
export type BucketSurvey = z.infer<typeof bucketSurveySchema>
