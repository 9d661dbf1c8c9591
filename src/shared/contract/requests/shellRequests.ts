import { z } from 'zod'
import { pageSchema } from '../../domain/drawing.ts'
import { MOST_SAVED_EXPORTS, savedExportSchema } from '../../domain/fileExport.ts'
import { requestIdSchema } from '../../domain/generationRequest.ts'
import { assetIdSchema, libraryIdSchema } from '../../domain/ids.ts'
import { libraryInfoSchema } from './libraryRequests.ts'
import { chordSchema, commandIdSchema, menuRequests } from './menuRequests.ts'
import { openingWorkSchema } from './openingWork.ts'
import { openRequests } from './openRequests.ts'
import { joinedRemoteSchema } from './remoteRequests.ts'
import { done, none, type RequestMap } from './requestMap.ts'

/** Sizes of everything in the window, of which 1 is what the system wants. */
export const ZOOMS = [0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2] as const

/** What holds for all windows of a person on this computer, whatever library is open. */
export const preferencesSchema = z.object({
  theme: z.enum(['system', 'dark', 'light']),
  zoom: z.literal(ZOOMS),
  /** How much room there is around lines and controls. */
  density: z.enum(['compact', 'usual', 'roomy']),
  /** Chords that a person gave a command instead of its usual ones; none takes them away. */
  shortcuts: z.record(commandIdSchema, z.array(chordSchema).max(4)),
  /** Ways to export that a person has named. */
  exports: z.array(savedExportSchema).max(MOST_SAVED_EXPORTS),
  /** Says what happened while no window was in front. */
  notifications: z.boolean(),
  /** An icon among those of the system, where it shows them. */
  tray: z.boolean(),
  /** Goes on working after the last window was closed. Needs the tray, or nobody would know. */
  background: z.boolean(),
})
export type Preferences = z.infer<typeof preferencesSchema>

export const settingsSchema = preferencesSchema.extend({
  /** Last used layout of the window that asks; a view state that survives a restart. */
  window: z.record(z.string(), z.json()),
})
export type Settings = z.infer<typeof settingsSchema>

/** A library that was open on this computer. */
export const recentLibrarySchema = z.object({
  id: libraryIdSchema,
  path: z.string().min(1),
  name: z.string(),
  /** When it was opened last. */
  openedAt: z.iso.datetime(),
})
export type RecentLibrary = z.infer<typeof recentLibrarySchema>

/** Most assets that are dragged to another program at once. */
export const DRAGGED_OUT = 10_000
/** Most bytes of their files: they are copied first, and while that is done somebody waits. */
export const DRAGGED_BYTES = 8_000_000_000

/** Requests that the shell answers itself, because only it has windows, dialogs and the keychain. */
export const shellRequests = {
  'shell.info': {
    input: none,
    output: z.object({
      version: z.string(),
      platform: z.string(),
      electron: z.string(),
      /** False where the system has no keyring: keys are then kept for this session only. */
      keychain: z.boolean(),
      /** Where a first library would be made. */
      defaultLibrary: z.string(),
      settings: settingsSchema,
    }),
  },
  'shell.settings': { input: settingsSchema.partial(), output: settingsSchema },
  ...menuRequests,
  ...openRequests,
  'shell.engine': { input: none, output: z.lazy(() => engineStateSchema) },
  'shell.chooseFolder': { input: z.object({ title: z.string() }), output: z.string().nullable() },
  'shell.chooseFiles': { input: none, output: z.array(z.string()) },
  /** Where to save a file; the system has asked before one that is there is replaced. Null when the person thinks better of it. */
  'shell.chooseSave': {
    input: z.object({
      title: z.string().max(200),
      /** Proposed, without a folder. */
      fileName: z.string().min(1).max(255),
      kind: z.object({ name: z.string().max(100), extension: z.string().regex(/^[a-z0-9]{1,10}$/) }),
    }),
    output: z.string().nullable(),
  },
  /** Opens another window of the open library, like the one that asks. */
  'shell.newWindow': { input: none, output: done },
  /** What was open lately, the last first; `there` says whether it is where it was. */
  'shell.recentLibraries': {
    input: none,
    output: z.array(recentLibrarySchema.extend({ there: z.boolean() })),
  },
  /** Takes a library off that list; nothing happens to the library. */
  'shell.forgetLibrary': { input: z.object({ path: z.string() }), output: done },
  /**
   * Refused with `library_not_found`, and the open library stays, when there is none at that path. With `create`, what is
   * open stays too when the folder can't have one.
   */
  'shell.openLibrary': { input: z.object({ path: z.string(), create: z.boolean() }), output: done },
  /**
   * Makes a copy of the library that a bucket or folder holds at `path`, connects it and opens it; its keys go to the keychain.
   * What is open stays when that fails. Refused with `library_exists` where there is a library already, with
   * `library_not_found` when the place holds none, and with what the place says.
   */
  'shell.joinLibrary': { input: z.object({ path: z.string().min(1), remote: joinedRemoteSchema }), output: done },
  'shell.retryEngine': { input: none, output: done },
  /** Ends an engine that does not answer any more, and starts it again. */
  'shell.restartEngine': { input: none, output: done },
  'shell.showInFolder': { input: z.object({ id: assetIdSchema }), output: done },
  'shell.openDropFolder': { input: none, output: done },
  /** The folder of the drop folder in which a generator works on a request; makes it if it is not there yet. */
  'shell.openRequestFolder': { input: z.object({ id: requestIdSchema }), output: done },
  'shell.openExternal': { input: z.object({ url: z.string() }), output: done },
  'shell.copyText': { input: z.object({ text: z.string().max(1_000_000) }), output: done },
  /** Puts a picture, or a page (from 0) of a document, on the clipboard as pixels. */
  'shell.copyPicture': { input: z.object({ id: assetIdSchema, page: pageSchema.default(0) }), output: done },
  /**
   * Makes copies of the assets' files for a drag to another program; null when they have none. What the same page has made ready
   * before and did not carry is not made again. Refused with `file_too_large` for more bytes than that is good for, with `disk_full`
   * where there is no room for copies, and with what kept them all from being made.
   */
  'shell.prepareDrag': {
    input: z.object({
      assets: z.object({ rowIds: z.instanceof(Int32Array).refine((rows) => rows.length <= DRAGGED_OUT) }),
    }),
    output: z.object({
      drag: z.number().int().nullable(),
      /** What could not be made ready; null when nothing is left behind. */
      left: z.object({ count: z.number().int().positive(), reason: z.string() }).nullable(),
    }),
  },
  /** While the pointer is down: lets the system carry what was prepared. `over` when the drag has ended by now. */
  'shell.dragOut': { input: z.object({ drag: z.number().int() }), output: z.object({ over: z.boolean() }) },
  'shell.showLog': { input: none, output: done },
  'shell.diagnostics': { input: none, output: z.string() },
} as const satisfies RequestMap

/** What the window is told about the engine. Only `ready` has a library that can be asked. */
export const engineStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('starting'), opening: openingWorkSchema.optional() }),
  /** No library has been chosen yet: the first run. */
  z.object({ state: z.literal('no-library') }),
  z.object({ state: z.literal('ready'), library: libraryInfoSchema }),
  /** The engine ended unexpectedly and is being started again. */
  z.object({ state: z.literal('restarting'), attempt: z.number().int(), opening: openingWorkSchema.optional() }),
  /** The library's disk is not connected, or its folder was moved. It is opened by itself when it is there again. */
  z.object({ state: z.literal('missing'), path: z.string(), name: z.string().nullable() }),
  /** The library could not be opened, or the engine ends again and again. */
  z.object({ state: z.literal('failed'), code: z.string(), message: z.string(), path: z.string().nullable() }),
])
export type EngineState = z.infer<typeof engineStateSchema>
