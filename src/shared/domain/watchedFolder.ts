import { z } from 'zod'
import { errorCodeSchema } from '../contract/errors.ts'
import { spaceSchema } from './asset.ts'

export const watchedFolderIdSchema = z.number().int().positive()

/** A folder of a person's own whose files are assets where they are. Vitrine never changes anything in it. */
export const watchedFolderSchema = z.object({
  id: watchedFolderIdSchema,
  /** Absolute. */
  path: z.string(),
  /** Where assets of its files go. */
  space: spaceSchema,
  /** Files that are there and are assets, or copies of one. */
  files: z.number().int().nonnegative(),
  /** Files that were there once and are not. */
  missing: z.number().int().nonnegative(),
  /** `waiting`: not looked at yet; `away`: its disk, or part of it, is not there, which `problem` says. */
  state: z.enum(['waiting', 'scanning', 'up-to-date', 'away']),
  /** While it is scanned: files looked at so far, and about how many there are (0: not known). */
  progress: z.object({ seen: z.number().int(), of: z.number().int() }).nullable(),
  problem: z.object({ code: errorCodeSchema, message: z.string() }).nullable(),
  addedAt: z.iso.datetime(),
  lastScanAt: z.iso.datetime().nullable(),
})
export type WatchedFolder = z.infer<typeof watchedFolderSchema>

/** What a scan found and did. Numbers of files. */
export const watchedReportSchema = z.object({
  seen: z.number().int(),
  added: z.number().int(),
  moved: z.number().int(),
  changed: z.number().int(),
  missing: z.number().int(),
  returned: z.number().int(),
  /** On a disk that is not there. */
  away: z.number().int(),
  /** Could not be taken in; the import says why. */
  failed: z.number().int(),
  /** Are being written to; they are taken in when they hold still. */
  unsettled: z.number().int(),
})
export type WatchedReport = z.infer<typeof watchedReportSchema>

/** What becomes of the assets of a folder that is no longer watched. Its files stay what they are either way. */
export const watchedRemovalSchema = z.enum(['keep', 'trash'])
export type WatchedRemoval = z.infer<typeof watchedRemovalSchema>
