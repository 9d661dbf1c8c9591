import { z } from 'zod'
import { careStatusSchema } from '../domain/cloudCare.ts'
import { rowIdSchema } from '../domain/ids.ts'
import { importSummarySchema } from '../domain/import.ts'
import { lifecycleStatusSchema } from '../domain/lifecycle.ts'
import { longChangeSchema } from '../domain/longChange.ts'
import { syncStatusSchema } from '../domain/remote.ts'
import { quotasSchema } from '../domain/storage.ts'
import { watchedFolderSchema } from '../domain/watchedFolder.ts'
import { libraryInfoSchema } from './requests/libraryRequests.ts'
import { commandIdSchema } from './requests/menuRequests.ts'
import { DRAGGED_OUT, engineStateSchema, preferencesSchema } from './requests/shellRequests.ts'

/** Events the engine pushes, coalesced to about ten a second for each kind. */
export const engineEvents = {
  /** The catalogue moved to a new revision. `rowIds` is null when too many rows changed to name them. */
  'catalog.changed': z.object({
    revision: z.number().int(),
    rowIds: z.array(rowIdSchema).max(1000).nullable(),
    /** False when only fields of assets changed that no view, order or count depends on. */
    membership: z.boolean(),
  }),
  'imports.changed': z.array(importSummarySchema),
  /** Changes of very many assets that are under way; none when the last has ended. */
  'longChanges.changed': z.array(longChangeSchema),
  'sync.changed': syncStatusSchema,
  /** Something expired, was removed, or could not be. */
  'lifecycle.changed': lifecycleStatusSchema,
  /** A quota is fuller or less full than before, by what its states say. */
  'storage.changed': quotasSchema,
  'watchedFolders.changed': z.array(watchedFolderSchema),
  'library.changed': libraryInfoSchema,
  /** How originals are kept on this computer. */
  'care.changed': careStatusSchema,
} as const

export const shellEvents = {
  'engine.state': engineStateSchema,
  /** The engine has not said anything since then although it was asked; null as soon as it has. */
  'engine.silent': z.object({ since: z.iso.datetime().nullable() }),
  /** Another window changed what holds for all. */
  'preferences.changed': preferencesSchema,
  /** Another window's assets are carried by the system, perhaps over this one; null when they are not any more. */
  'assets.carried': z.object({ rowIds: z.array(rowIdSchema).max(DRAGGED_OUT).nullable() }),
  /** Another program saved the copy of an asset that it had been given: it is a new version, unless `problem` says why not. */
  'copy.saved': z.object({ fileName: z.string(), problem: z.string().nullable() }),
  /** A command that was chosen in the native menu, sent to the window whose menu it is. */
  'menu.command': commandIdSchema,
  /** A library that was open lately was chosen there. */
  'menu.openLibrary': z.object({ path: z.string() }),
} as const

export const events = { ...engineEvents, ...shellEvents } as const
export type EngineEventName = keyof typeof engineEvents
export type EventName = keyof typeof events
export type EventPayload<N extends EventName> = z.output<(typeof events)[N]>
