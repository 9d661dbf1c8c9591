import { z } from 'zod'

/**
 * What takes long while a library is opened: the check after an unclean end, bringing the catalogue to a new version, or
 * making it anew from the journal. `total` is null where nobody knows how much there is.
 */
export const openingWorkSchema = z.object({
  stage: z.enum(['checking', 'upgrading', 'rebuilding']),
  done: z.number().int().nonnegative(),
  total: z.number().int().nonnegative().nullable(),
})
export type OpeningWork = z.infer<typeof openingWorkSchema>
