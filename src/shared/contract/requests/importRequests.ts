import { z } from 'zod'
import { spaceSchema } from '../../domain/asset.ts'
import { importIdSchema } from '../../domain/ids.ts'
import {
  importFailureSchema,
  importOptionsSchema,
  importReportSchema,
  importSummarySchema,
} from '../../domain/import.ts'
import { importSettingsChangeSchema, importSettingsSchema } from '../../domain/importSettings.ts'
import {
  watchedFolderIdSchema,
  watchedFolderSchema,
  watchedRemovalSchema,
  watchedReportSchema,
} from '../../domain/watchedFolder.ts'
import { done, none, type RequestMap } from './requestMap.ts'

/** Bytes of a file that another program hands over without a path. */
const STAGED_BYTES = 512 * 1024 * 1024

export const importRequests = {
  /**
   * Keeps a file that exists only in the memory of another program (a picture on the clipboard, or dragged out of a browser), so
   * that an import with `mode: move` can take it in. Its name is made safe.
   */
  'imports.stage': {
    input: z.object({
      name: z.string().max(1000),
      bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.length <= STAGED_BYTES, 'too large'),
    }),
    output: z.object({ path: z.string() }),
  },
  /**
   * Fetches a picture, film or sound from an `https:`, `http:` or `data:` address and keeps it likewise. Fails with
   * `invalid_request`, `download_failed`, `file_too_large`, `empty_file` or `unsupported_type`.
   */
  'imports.fetch': {
    input: z.object({ address: z.string().min(1).max(50_000_000) }),
    output: z.object({ path: z.string() }),
  },
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
} as const satisfies RequestMap
