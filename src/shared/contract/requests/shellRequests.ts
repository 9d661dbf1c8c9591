import { z } from 'zod'
import { pageSchema } from '../../domain/drawing.ts'
import { requestIdSchema } from '../../domain/generationRequest.ts'
import { assetIdSchema } from '../../domain/ids.ts'
import { libraryInfoSchema } from './libraryRequests.ts'
import { openingWorkSchema } from './openingWork.ts'
import { done, none, type RequestMap } from './requestMap.ts'

export const settingsSchema = z.object({
  theme: z.enum(['system', 'dark', 'light']),
  /** Last used layout of the window; a view state that survives a restart. */
  window: z.record(z.string(), z.json()),
})
export type Settings = z.infer<typeof settingsSchema>

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
  'shell.openLibrary': { input: z.object({ path: z.string(), create: z.boolean() }), output: done },
  'shell.retryEngine': { input: none, output: done },
  'shell.showInFolder': { input: z.object({ id: assetIdSchema }), output: done },
  'shell.openDropFolder': { input: none, output: done },
  /** The folder of the drop folder in which a generator works on a request; makes it if it is not there yet. */
  'shell.openRequestFolder': { input: z.object({ id: requestIdSchema }), output: done },
  'shell.openExternal': { input: z.object({ url: z.string() }), output: done },
  'shell.copyText': { input: z.object({ text: z.string().max(1_000_000) }), output: done },
  /** Puts a picture, or a page (from 0) of a document, on the clipboard as pixels. */
  'shell.copyPicture': { input: z.object({ id: assetIdSchema, page: pageSchema.default(0) }), output: done },
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
  /** The library could not be opened, or the engine ends again and again. */
  z.object({ state: z.literal('failed'), code: z.string(), message: z.string(), path: z.string().nullable() }),
])
export type EngineState = z.infer<typeof engineStateSchema>
