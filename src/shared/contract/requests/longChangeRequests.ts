import { z } from 'zod'
import { longChangeSchema } from '../../domain/longChange.ts'
import { done, none, type RequestMap } from './requestMap.ts'

/** Changes of very many assets while they are under way. The event `longChanges.changed` says how far they are. */
export const longChangeRequests = {
  'longChanges.list': { input: none, output: z.array(longChangeSchema) },
  /**
   * Ends one after the transaction that is under way: what was done stands, as one step to undo, and the request that
   * began it is answered with `cancelled`. Nothing happens if it has ended already.
   */
  'longChanges.cancel': { input: z.object({ id: z.uuid() }), output: done },
} as const satisfies RequestMap
