import { z } from 'zod'
import { bucketSurveySchema } from '../../domain/adoption.ts'
import { remoteIdSchema } from '../../domain/ids.ts'
import { importSummarySchema } from '../../domain/import.ts'
import type { RequestMap } from './requestMap.ts'

export const adoptRequests = {
  /** How many files other programs have put into the library's bucket that are not in the library. */
  'remotes.survey': { input: z.object({ id: remoteIdSchema }), output: bucketSurveySchema },
  /**
   * Takes them into the library where they are: an import like any other, which can be watched, cancelled and tried again. Asked
   * again, it takes what is new or changed since. `keep`: a copy of each stays on this device.
   */
  'remotes.adopt': {
    input: z.object({
      id: remoteIdSchema,
      keep: z.boolean().default(false),
      /** The folders in the keys become collections. */
      organise: z.boolean().default(true),
    }),
    output: importSummarySchema,
  },
} as const satisfies RequestMap
