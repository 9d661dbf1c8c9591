import { z } from 'zod'
import { remoteIdSchema } from '../../domain/ids.ts'
import { remotePolicyChangeSchema, remoteSchema } from '../../domain/remote.ts'
import { quotasSchema, storageUsageSchema } from '../../domain/storage.ts'
import { none, type RequestMap } from './requestMap.ts'

export const storageRequests = {
  /** Everything that the storage view shows. Takes seconds in a very large library, and holds up nothing else. */
  'storage.usage': { input: none, output: storageUsageSchema },
  /** Only how full the library and its buckets are; quick. The event `storage.changed` says when a state is another. */
  'storage.quotas': { input: none, output: quotasSchema },
  /** What may go into a bucket or folder. Uploads that were blocked are looked at again. */
  'remotes.configure': {
    input: z.object({ id: remoteIdSchema, policy: remotePolicyChangeSchema }),
    output: remoteSchema,
  },
} as const satisfies RequestMap
