import { z } from 'zod'
import { verificationSchema } from '../../domain/verification.ts'
import { none, type RequestMap } from './requestMap.ts'

export const integrityRequests = {
  /**
   * Begins to compare every file with its hash, unless that is under way. `remote`: also what the bucket holds; `deep`: by
   * reading every object, not by asking for it.
   */
  'verify.start': {
    input: z.object({ repair: z.boolean(), remote: z.boolean(), deep: z.boolean().default(false) }),
    output: verificationSchema,
  },
  'verify.state': { input: none, output: verificationSchema },
  'verify.cancel': { input: none, output: verificationSchema },
  /** Makes assets of originals that have none; answers with how many there were. */
  'library.recover': { input: none, output: z.object({ recovered: z.number().int() }) },
} as const satisfies RequestMap
