import { z } from 'zod'
import { errorCodeSchema } from '../contract/errors.ts'
import { spaceSchema } from './asset.ts'
import { assetIdSchema, collectionIdSchema, importIdSchema, remoteIdSchema, sha256Schema } from './ids.ts'

/** What becomes of the source file: `copy` leaves it, `move` removes it once the copy is safe, `link` refers to it. */
export const importModeSchema = z.enum(['copy', 'move', 'link'])
export type ImportMode = z.infer<typeof importModeSchema>

/**
 * What an import does with bytes that are an asset already: `skip` reports the asset (and takes it out of Trash), `link`
 * makes another asset that shares the one stored file, `keep-both` another asset with a stored file of its own.
 */
export const duplicatePolicySchema = z.enum(['skip', 'link', 'keep-both'])
export type DuplicatePolicy = z.infer<typeof duplicatePolicySchema>

/** Patterns of files that are left out, such as `*.tmp` or `cache/`. */
export const ignorePatternsSchema = z.array(z.string().trim().min(1).max(200)).max(200)

/** Longest address that is kept as where something comes from, characters. */
export const LONGEST_SOURCE = 4096

/** What a person asks for; the library's own settings fill in what is not said. */
export const importOptionsSchema = z.object({
  space: spaceSchema.default('workspace'),
  mode: importModeSchema.default('copy'),
  collectionId: collectionIdSchema.optional(),
  onDuplicate: duplicatePolicySchema.optional(),
  /** In addition to those of the library. */
  ignore: ignorePatternsSchema.optional(),
  /** `later`: files are found and searchable at once, and drawn when somebody looks at them or nothing else is to do. */
  thumbnails: z.enum(['now', 'later']).optional(),
  /**
   * What becomes of the place of each file: `folders` makes nested collections of the folders; `eagle` takes the paths for
   * libraries of Eagle, and brings its folders, tags, stars and notes along. Only into the Library.
   */
  organise: z.enum(['folders', 'eagle']).optional(),
  /** Keywords and stars that the files or their sidecars carry become tags and ratings. */
  takeOver: z.boolean().optional(),
  /** Where on the web the files come from. */
  sourceUrl: z.string().max(LONGEST_SOURCE).optional(),
})
export type ImportOptions = z.infer<typeof importOptionsSchema>

/** The same with nothing left open, as an import is written down and carried out. */
export const importRulesSchema = importOptionsSchema.extend({
  onDuplicate: duplicatePolicySchema.default('skip'),
  ignore: z.array(z.string()).default([]),
  /** The files are objects of this remote and stay there; `keep`: a copy of each stays on this device too. */
  adopt: z.object({ remote: remoteIdSchema, keep: z.boolean() }).optional(),
})
export type ImportRules = z.infer<typeof importRulesSchema>

/** Why a path was left out on purpose: never a failure. */
export const skipCodeSchema = z.enum([
  'hidden',
  'system_file',
  'partial_download',
  /** By a pattern of the library or of the import. */
  'ignored',
  'cancelled',
  /** A folder that could not be read at first; its files have joined the import since. */
  'folder',
  /** A file that describes another one and is kept with it. */
  'sidecar',
])
export type SkipCode = z.infer<typeof skipCodeSchema>

export const importFailureSchema = z.object({ path: z.string(), code: errorCodeSchema, message: z.string() })
export type ImportFailure = z.infer<typeof importFailureSchema>

/** One run of the import pipeline as the window shows it. Counts are of files. */
export const importSummarySchema = z.object({
  id: importIdSchema,
  source: z.enum(['drop-folder', 'watched-folder', 'window', 'command-line', 'recovery', 'workspace-bucket', 'bucket']),
  state: z.enum(['counting', 'running', 'cancelling', 'done', 'cancelled', 'failed']),
  found: z.number().int().nonnegative(),
  bytesFound: z.number().nonnegative(),
  imported: z.number().int().nonnegative(),
  duplicates: z.number().int().nonnegative(),
  skipped: z.number().int().nonnegative(),
  /** Files that describe others and are kept with them. */
  sidecars: z.number().int().nonnegative(),
  failed: z.number().int().nonnegative(),
  /** Files whose thumbnails and facts are not made yet; also those that turned out to be assets already. */
  processing: z.number().int().nonnegative(),
  filesPerSecond: z.number().nonnegative(),
  /** What holds it up now although no file is to blame, such as a full disk; it goes on by itself. */
  problem: z.object({ code: errorCodeSchema, message: z.string() }).nullable(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
})
export type ImportSummary = z.infer<typeof importSummarySchema>

/** What `vitrine import --json` prints, and what `imports.report` answers. */
export const importReportSchema = z.object({
  imported: z.array(
    z.object({
      id: assetIdSchema,
      path: z.string(),
      sha256: sha256Schema,
      status: z.string(),
      code: errorCodeSchema.optional(),
      message: z.string().optional(),
      /** What a person should know of how it was taken in. */
      notice: z.object({ code: errorCodeSchema, message: z.string() }).optional(),
    }),
  ),
  duplicates: z.array(z.object({ path: z.string(), of: assetIdSchema })),
  skipped: z.array(z.object({ path: z.string(), code: skipCodeSchema })),
  /** Files that describe another one; `of` is null while that one could not be taken in. */
  sidecars: z.array(z.object({ path: z.string(), of: assetIdSchema.nullable() })),
  failed: z.array(importFailureSchema),
  /** Those of the failed that the virus scanner found something in; `file` is null for one that stays where it was. */
  quarantined: z.array(z.object({ path: z.string(), signature: z.string(), file: z.string().nullable() })),
  seconds: z.number(),
})
export type ImportReport = z.infer<typeof importReportSchema>
