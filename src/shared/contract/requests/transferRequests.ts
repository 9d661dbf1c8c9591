import { z } from 'zod'
import { assetIdSchema } from '../../domain/ids.ts'
import { transferConditionsSchema, transferSchema, transferSettingsSchema } from '../../domain/transfer.ts'
import { done, none, type RequestMap } from './requestMap.ts'

export const transferRequests = {
  /** What is on its way now, in the order in which it began. */
  'transfers.list': { input: none, output: z.array(transferSchema) },
  /** Stops the upload of one asset until somebody asks for it again (`sync.retry`). */
  'transfers.cancel': { input: z.object({ id: assetIdSchema }), output: done },
  'transfers.settings': { input: none, output: transferSettingsSchema },
  'transfers.configure': { input: transferSettingsSchema.partial(), output: transferSettingsSchema },
  /** What the system says; the shell tells it. A network that is back wakes what waits for it. */
  'transfers.conditions': { input: transferConditionsSchema, output: done },
} as const satisfies RequestMap
