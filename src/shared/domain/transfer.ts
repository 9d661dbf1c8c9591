import { z } from 'zod'
import { assetIdSchema } from './ids.ts'

/** One file that is on its way to or from a remote. */
export const transferSchema = z.object({
  assetId: assetIdSchema,
  fileName: z.string(),
  direction: z.enum(['up', 'down']),
  totalBytes: z.number().int().nonnegative(),
  doneBytes: z.number().nonnegative(),
  bytesPerSecond: z.number().nonnegative(),
  /** Null while the rate is not known. */
  secondsLeft: z.number().nonnegative().nullable(),
})
export type Transfer = z.infer<typeof transferSchema>

/** Slower than this nothing but the smallest file would ever arrive. */
export const SLOWEST_LIMIT = 8 * 1024
const limit = z.number().int().min(SLOWEST_LIMIT).nullable()

/** How this computer transfers. Limits are bytes per second, null for none. */
export const transferSettingsSchema = z.object({
  uploadLimit: limit,
  downloadLimit: limit,
  /** Files of 16 MiB and more wait while the computer runs on its battery or on a connection that is paid by volume. */
  sparing: z.boolean(),
})
export type TransferSettings = z.infer<typeof transferSettingsSchema>

export const defaultTransferSettings: TransferSettings = { uploadLimit: null, downloadLimit: null, sparing: true }

/** What the system says about the computer. */
export const transferConditionsSchema = z.object({
  online: z.boolean(),
  onBattery: z.boolean(),
  /** Null where the system does not tell. */
  metered: z.boolean().nullable(),
})
export type TransferConditions = z.infer<typeof transferConditionsSchema>
