import { z } from 'zod'
import { assetIdSchema, deviceIdSchema } from '../../domain/ids.ts'
import { errorDataSchema } from '../errors.ts'
import { done, none, type RequestMap } from './requestMap.ts'

/** Another device of this library. */
const device = z.object({
  id: deviceIdSchema,
  /** Null before anybody has said what it is called. */
  name: z.string().nullable(),
  /** How many parts of its log are applied here. */
  applied: z.number().int().nonnegative(),
  /** When it last said something of itself in the bucket; null until that was looked at since the start. */
  heard_at: z.iso.datetime().nullable(),
  /** What is gone for good stays in the bucket until this device has said that it needs nothing of it. */
  holds_up_removals: z.boolean(),
  /** A person has said that it is gone for good. */
  retired: z.boolean(),
  /** Why its log does not go on here; for a person. */
  problem: z.string().nullable(),
  /** So much of what it did would be removed here that a person has to agree: `sync.confirmRemovals`. */
  question: z.object({ seq: z.number().int(), removals: z.number().int(), assets: z.number().int() }).nullable(),
})

export const cloudRequests = {
  /** Brings originals that are only in the bucket to this device. Answers when all are here or have failed. */
  'sync.fetch': {
    input: z.object({ ids: z.array(assetIdSchema).min(1).max(10_000) }),
    output: z.object({
      fetched: z.array(assetIdSchema),
      /** They were here already. */
      here: z.array(assetIdSchema),
      failed: z.array(errorDataSchema.pick({ code: true, message: true }).extend({ id: assetIdSchema })),
    }),
  },
  'sync.devices': { input: none, output: z.array(device) },
  /** The same, as the bucket has it now. */
  'sync.lookAtDevices': { input: none, output: z.array(device) },
  /** Says for good that a device is lost: nobody waits for it. If it does come back, it goes on as a new device. */
  'sync.retireDevice': { input: z.object({ device: deviceIdSchema }), output: done },
  /** Agrees to what a part of a device's log removes. */
  'sync.confirmRemovals': {
    input: z.object({ device: deviceIdSchema, seq: z.number().int().positive() }),
    output: done,
  },
} as const satisfies RequestMap
