import { z } from 'zod'
import { assetCardSchema, assetPatchSchema, assetSchema, assetSelectionSchema, spaceSchema } from '../domain/asset.ts'
import { collectionNameSchema, collectionSchema, generationJobSchema, tagSchema } from '../domain/collection.ts'
import { duplicatesSchema } from '../domain/duplicate.ts'
import {
  assetIdSchema,
  collectionIdSchema,
  importIdSchema,
  libraryIdSchema,
  remoteIdSchema,
  rowIdSchema,
} from '../domain/ids.ts'
import { importFailureSchema, importOptionsSchema, importReportSchema, importSummarySchema } from '../domain/import.ts'
import { importSettingsChangeSchema, importSettingsSchema } from '../domain/importSettings.ts'
import { libraryQuerySchema } from '../domain/query.ts'
import {
  credentialsSchema,
  remoteLocationSchema,
  remoteRoleSchema,
  remoteSchema,
  remoteTestSchema,
  syncStatusSchema,
} from '../domain/remote.ts'
import {
  watchedFolderIdSchema,
  watchedFolderSchema,
  watchedRemovalSchema,
  watchedReportSchema,
} from '../domain/watchedFolder.ts'

const none = z.undefined()
const done = z.undefined()

/** What a mutation did: how many assets changed, what to call it in a toast, and the history entry that undoes it. */
export const mutationResultSchema = z.object({
  count: z.number().int().nonnegative(),
  label: z.string(),
  activityId: z.number().int().nullable(),
  revision: z.number().int(),
})
export type MutationResult = z.infer<typeof mutationResultSchema>

export const libraryInfoSchema = z.object({
  id: libraryIdSchema,
  name: z.string(),
  path: z.string(),
  dropFolder: z.string(),
  dropFolderProblem: z.string().nullable(),
  revision: z.number().int(),
  expiryDays: z.number().int().positive(),
  /** Set when the catalogue was damaged and has been rebuilt: where the damaged file was put, what came back. */
  recovered: z.object({ setAside: z.string(), assets: z.number().int() }).nullable(),
})
export type LibraryInfo = z.infer<typeof libraryInfoSchema>

export const libraryCountsSchema = z.object({
  revision: z.number().int(),
  workspace: z.number().int(),
  /** When the next Workspace asset expires; null when none does. */
  nextExpiryAt: z.iso.datetime().nullable(),
  library: z.number().int(),
  favorites: z.number().int(),
  recent: z.number().int(),
  untagged: z.number().int(),
  trash: z.number().int(),
})
export type LibraryCounts = z.infer<typeof libraryCountsSchema>

export const assetVectorSchema = z.object({
  revision: z.number().int(),
  total: z.number().int().nonnegative(),
  /** Row ids in the order of the query. */
  rowIds: z.instanceof(Int32Array),
  /** Width divided by height, one for each row id; 1 where unknown. */
  aspects: z.instanceof(Float32Array),
})
export type AssetVector = z.infer<typeof assetVectorSchema>

export const activitySchema = z.object({
  id: z.number().int(),
  kind: z.string(),
  label: z.string(),
  count: z.number().int(),
  at: z.iso.datetime(),
  undone: z.boolean(),
})
export type Activity = z.infer<typeof activitySchema>

export const assetDetailSchema = assetSchema.extend({
  /** Absolute paths of the thumbnails that exist. */
  thumbnails: z.partialRecord(z.enum(['150', '300', '600']), z.string()),
  /** Absolute path of the original. */
  original_path: z.string(),
  /** Key of the original in the library bucket once it is there, else null. */
  remote_key: z.string().nullable(),
  history: z.array(activitySchema),
})
export type AssetDetail = z.infer<typeof assetDetailSchema>

export const statsSchema = z.object({
  total: z.object({ assets: z.number().int(), bytes: z.number() }),
  bySpace: z.record(z.string(), z.object({ assets: z.number().int(), bytes: z.number() })),
  byType: z.record(z.string(), z.object({ assets: z.number().int(), bytes: z.number(), averageBytes: z.number() })),
  byCollection: z.array(
    z.object({ id: collectionIdSchema, name: z.string(), assets: z.number().int(), bytes: z.number() }),
  ),
  byRemote: z.array(z.object({ id: remoteIdSchema, name: z.string(), objects: z.number().int(), bytes: z.number() })),
  trash: z.object({ assets: z.number().int(), bytes: z.number() }),
})
export type Stats = z.infer<typeof statsSchema>

const remoteDraft = z.object({
  name: z.string().trim().min(1).max(100).optional(),
  role: remoteRoleSchema,
  location: remoteLocationSchema,
  credentials: credentialsSchema.optional(),
})

const assets = z.object({ assets: assetSelectionSchema })

/**
 * Requests that the engine answers. The window reaches them through the shell, the command line directly or, when
 * another process has the library open, through that process. `input` is parsed before it is acted upon.
 */
export const engineRequests = {
  'library.info': { input: none, output: libraryInfoSchema },
  'library.counts': { input: none, output: libraryCountsSchema },
  'library.stats': { input: none, output: statsSchema },

  'assets.query': { input: libraryQuerySchema, output: assetVectorSchema },
  /** Cards in the order asked for; rows that no longer exist are left out. */
  'assets.cards': {
    input: z.object({ rowIds: z.array(rowIdSchema).max(1000) }),
    output: z.array(assetCardSchema),
  },
  'assets.get': {
    input: z.union([z.object({ id: assetIdSchema }), z.object({ rowId: rowIdSchema }), z.object({ path: z.string() })]),
    output: assetDetailSchema,
  },
  /** What a person may mean by a full id, the beginning of one (from four digits) or a path; at most ten. */
  'assets.find': {
    input: z.object({ reference: z.string().min(1).max(8192) }),
    output: z.array(z.object({ id: assetIdSchema, file_name: z.string() })).max(10),
  },
  /** Full records in the order asked for; rows that no longer exist are left out. */
  'assets.read': {
    input: z.object({ rowIds: z.array(rowIdSchema).max(1000) }),
    output: z.array(assetSchema),
  },
  'assets.edit': { input: assets.extend({ patch: assetPatchSchema }), output: mutationResultSchema },
  /** Workspace → Library, into the collection if one is named. */
  'assets.keep': {
    input: assets.extend({ collectionId: collectionIdSchema.optional() }),
    output: mutationResultSchema,
  },
  /** Workspace → Trash. */
  'assets.discard': { input: assets, output: mutationResultSchema },
  'assets.trash': { input: assets, output: mutationResultSchema },
  'assets.restore': { input: assets, output: mutationResultSchema },
  /** Makes thumbnails and facts again for assets whose status is `error` or `quarantined`. */
  'assets.retry': { input: assets, output: mutationResultSchema },

  /** Assets with the same bytes, and pictures that look alike. Takes seconds in a very large library. */
  'duplicates.find': { input: none, output: duplicatesSchema },
  /** Keeps one, hands it what the others were given by people, and moves those to Trash. */
  'duplicates.resolve': {
    input: z.object({ keep: assetIdSchema, remove: z.array(assetIdSchema).min(1).max(10_000) }),
    output: mutationResultSchema,
  },
  /** Says that a group are no duplicates, or takes that back. */
  'duplicates.dismiss': { input: z.object({ key: z.string().max(64), dismissed: z.boolean() }), output: done },

  'history.undo': { input: none, output: mutationResultSchema },
  'history.redo': { input: none, output: mutationResultSchema },
  'history.list': { input: z.object({ limit: z.number().int().min(1).max(1000) }), output: z.array(activitySchema) },

  'collections.list': { input: none, output: z.array(collectionSchema) },
  'collections.create': {
    input: z.object({ name: collectionNameSchema, parentId: collectionIdSchema.optional() }),
    output: z.object({ collection: collectionSchema, result: mutationResultSchema }),
  },
  'collections.rename': {
    input: z.object({ id: collectionIdSchema, name: collectionNameSchema }),
    output: mutationResultSchema,
  },
  /** The assets stay; those in no other collection are in "Unsorted" again. */
  'collections.delete': { input: z.object({ id: collectionIdSchema }), output: mutationResultSchema },
  'collections.add': { input: assets.extend({ id: collectionIdSchema }), output: mutationResultSchema },
  'collections.remove': { input: assets.extend({ id: collectionIdSchema }), output: mutationResultSchema },
  'tags.list': { input: none, output: z.array(tagSchema) },
  'jobs.list': { input: none, output: z.array(generationJobSchema) },

  /** How many files an import of these paths would take in, before it starts. */
  'imports.preview': {
    input: z.object({ paths: z.array(z.string()).min(1).max(100_000) }),
    output: z.object({
      files: z.number().int(),
      bytes: z.number(),
      skipped: z.number().int(),
      /** Files whose names say that they describe others. */
      sidecars: z.number().int(),
    }),
  },
  'imports.start': {
    input: z.object({
      paths: z.array(z.string()).min(1).max(100_000),
      options: importOptionsSchema,
      source: z.enum(['window', 'command-line']),
    }),
    output: importSummarySchema,
  },
  /** Imports that run, and finished ones a person has not dismissed. */
  'imports.list': { input: none, output: z.array(importSummarySchema) },
  'imports.get': { input: z.object({ id: importIdSchema }), output: importSummarySchema },
  'imports.failures': { input: z.object({ id: importIdSchema }), output: z.array(importFailureSchema) },
  'imports.report': { input: z.object({ id: importIdSchema }), output: importReportSchema },
  'imports.cancel': { input: z.object({ id: importIdSchema }), output: importSummarySchema },
  /** Tries the failed files of an import again. */
  'imports.retry': { input: z.object({ id: importIdSchema }), output: importSummarySchema },
  'imports.dismiss': { input: z.object({ id: importIdSchema }), output: done },
  /** What holds for every import unless it says otherwise. */
  'imports.settings': { input: none, output: importSettingsSchema },
  /** Fails with `invalid_request` for a pattern that means nothing. */
  'imports.configure': { input: importSettingsChangeSchema, output: importSettingsSchema },
  /** Asks the virus scanner at an address what it is; fails with `scanner_unreachable`. */
  'imports.testScanner': {
    input: z.object({ address: importSettingsSchema.shape.scan.shape.address }),
    output: z.object({ version: z.string() }),
  },
  /** Answers once every file that was in the drop folder has been dealt with; what `vitrine watch --once` waits for. */
  'imports.drained': { input: none, output: done },

  'watchedFolders.list': { input: none, output: z.array(watchedFolderSchema) },
  /** Answers before the folder has been scanned. Fails for one that overlaps with another or with the library. */
  'watchedFolders.add': {
    input: z.object({ path: z.string().min(1).max(8192), space: spaceSchema.default('library') }),
    output: watchedFolderSchema,
  },
  'watchedFolders.remove': {
    input: z.object({ id: watchedFolderIdSchema, assets: watchedRemovalSchema }),
    output: done,
  },
  /** Answers once everything that is there is in the catalogue; thumbnails may come later. */
  'watchedFolders.rescan': { input: z.object({ id: watchedFolderIdSchema }), output: watchedReportSchema },

  'remotes.list': { input: none, output: z.array(remoteSchema) },
  /** Tries to read, write and delete there, without keeping anything. */
  'remotes.test': { input: remoteDraft, output: remoteTestSchema },
  'remotes.probe': { input: z.object({ id: remoteIdSchema }), output: remoteTestSchema },
  /** Fails unless the connection test succeeds. */
  'remotes.add': { input: remoteDraft, output: remoteSchema },
  'remotes.remove': { input: z.object({ id: remoteIdSchema }), output: done },
  'remotes.setCredentials': {
    input: z.object({ id: remoteIdSchema, credentials: credentialsSchema.nullable() }),
    output: done,
  },

  'sync.status': { input: none, output: syncStatusSchema },
  /** Wakes the loop at once, also when it waits for a server to come back. */
  'sync.now': { input: none, output: done },
  'sync.pause': { input: z.object({ paused: z.boolean() }), output: syncStatusSchema },
  /** Puts assets whose upload failed back into the queue. */
  'sync.retry': { input: assets, output: done },
  /** Runs until nothing is left that can be done now; what `vitrine sync --once` prints. */
  'sync.once': {
    input: none,
    output: z.object({
      uploaded: z.number().int(),
      downloaded: z.number().int(),
      applied: z.number().int(),
      conflicts: z.number().int(),
      pending: z.number().int(),
      errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
    }),
  },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>

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
  'shell.openLibrary': { input: z.object({ path: z.string(), create: z.boolean() }), output: done },
  'shell.retryEngine': { input: none, output: done },
  'shell.showInFolder': { input: z.object({ id: assetIdSchema }), output: done },
  'shell.openDropFolder': { input: none, output: done },
  'shell.openExternal': { input: z.object({ url: z.string() }), output: done },
  'shell.copyText': { input: z.object({ text: z.string().max(1_000_000) }), output: done },
  'shell.showLog': { input: none, output: done },
  'shell.diagnostics': { input: none, output: z.string() },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>

/** What the window is told about the engine. Only `ready` has a library that can be asked. */
export const engineStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('starting') }),
  /** No library has been chosen yet: the first run. */
  z.object({ state: z.literal('no-library') }),
  z.object({ state: z.literal('ready'), library: libraryInfoSchema }),
  /** The engine ended unexpectedly and is being started again. */
  z.object({ state: z.literal('restarting'), attempt: z.number().int() }),
  /** The library could not be opened, or the engine ends again and again. */
  z.object({ state: z.literal('failed'), code: z.string(), message: z.string(), path: z.string().nullable() }),
])
export type EngineState = z.infer<typeof engineStateSchema>

export const requests = { ...engineRequests, ...shellRequests } as const

export type EngineRequests = typeof engineRequests
export type EngineRequestName = keyof EngineRequests
export type ShellRequestName = keyof typeof shellRequests
export type RequestName = keyof typeof requests
export type RequestInput<N extends RequestName> = z.input<(typeof requests)[N]['input']>
export type ParsedInput<N extends RequestName> = z.output<(typeof requests)[N]['input']>
export type RequestOutput<N extends RequestName> = z.output<(typeof requests)[N]['output']>
