import { z } from 'zod'

const daysSchema = z.number().int().min(1).max(3650)

/** What comes and goes in a library, on each device that has it. */
export const lifecyclePolicySchema = z.object({
  /** How long a new Workspace asset stays unless somebody keeps it, days; null: for ever. */
  expiryDays: daysSchema.nullable(),
  /** How long what is in Trash can be restored, days; null: until somebody empties it. */
  trashDays: daysSchema.nullable(),
  /** How much the assets of the library may take, bytes; null: as much as there is. Nothing is refused, only warned of. */
  quotaBytes: z.number().int().positive().max(Number.MAX_SAFE_INTEGER).nullable(),
})
export type LifecyclePolicy = z.infer<typeof lifecyclePolicySchema>

export const defaultLifecyclePolicy: LifecyclePolicy = { expiryDays: 7, trashDays: 30, quotaBytes: null }

/** How long what has expired can be restored from Trash, days; less where Trash keeps nothing that long. */
export const EXPIRED_GRACE_DAYS = 3

/** Only what is to be changed. */
export const lifecycleChangeSchema = lifecyclePolicySchema.partial()
export type LifecycleChange = z.infer<typeof lifecycleChangeSchema>

/** Assets that are due but wait, because nobody can know yet whether the clock is right or the person was away. */
export const heldExpirySchema = z.object({
  assets: z.number().int().positive(),
  /** When Vitrine ran last before. */
  since: z.iso.datetime(),
  /** When they go, unless somebody keeps them. */
  until: z.iso.datetime(),
})

export const lifecycleStatusSchema = z.object({
  policy: lifecyclePolicySchema,
  workspace: z.object({
    /** When the next asset expires; null when none does. */
    nextExpiryAt: z.iso.datetime().nullable(),
    held: heldExpirySchema.nullable(),
  }),
  trash: z.object({
    assets: z.number().int().nonnegative(),
    bytes: z.number().nonnegative(),
    /** When the first of them goes for good; null when none does by itself. */
    nextPurgeAt: z.iso.datetime().nullable(),
  }),
  /** Files of assets that are gone for good and still on the disk: being removed, or in the way of which something stands. */
  removals: z.object({ files: z.number().int().nonnegative(), problem: z.string().nullable() }),
})
export type LifecycleStatus = z.infer<typeof lifecycleStatusSchema>

export const expiryReportSchema = z.object({
  /** Moved from the Workspace to Trash. */
  expired: z.number().int().nonnegative(),
  /** Removed for good: what had expired long enough ago, and what Trash had kept its time. */
  purged: z.number().int().nonnegative(),
  /** Of the files of `purged`. */
  bytes: z.number().nonnegative(),
  /** Files that could not be removed yet; it is tried again by itself. */
  filesLeft: z.number().int().nonnegative(),
  held: heldExpirySchema.nullable(),
})
export type ExpiryReport = z.infer<typeof expiryReportSchema>

/** What arrived in the Workspace together: no two hours passed without something. */
export const workspaceSessionSchema = z.object({
  /** Of the first and the last of it; both belong to it. What `session` of the view `workspace` takes. */
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  assets: z.number().int().positive(),
  bytes: z.number().nonnegative(),
  /** Its generation jobs, the one with the most assets first. */
  jobs: z.array(z.object({ id: z.string(), folder: z.string(), assets: z.number().int().positive() })),
  nextExpiryAt: z.iso.datetime().nullable(),
})
export type WorkspaceSession = z.infer<typeof workspaceSessionSchema>

/** How long nothing must have come until what comes next is another session, ms. */
export const SESSION_GAP_MS = 2 * 3_600_000
