import { z } from 'zod'
import { fileExportSchema } from '../../domain/fileExport.ts'
import { errorCodeSchema } from '../errors.ts'
import { assets, type RequestMap } from './requestMap.ts'

export const exportFormatSchema = z.enum(['json', 'csv', 'xmp'])
export type ExportFormat = z.infer<typeof exportFormatSchema>

export const exportRequests = {
  /**
   * Writes what the catalogue knows of assets: `json` and `csv` into one file, `xmp` one sidecar for each asset into a
   * folder. Absolute paths; a file that is there is replaced only when the new one is whole.
   */
  'export.metadata': {
    input: assets.extend({ format: exportFormatSchema, path: z.string().min(1).max(8192) }),
    output: z.object({ assets: z.number().int(), files: z.number().int(), bytes: z.number() }),
  },
  /**
   * Makes files of assets in a folder (absolute; made if it is not there): copies, or pictures of another size and format.
   * A name that is taken gets a number. Refused with `disk_full` when there is no more room; what was finished stays.
   */
  'export.files': {
    input: assets.extend({ export: fileExportSchema, folder: z.string().min(1).max(8192) }),
    output: z.object({
      assets: z.number().int(),
      files: z.number().int(),
      bytes: z.number(),
      /** What is no picture, and was copied instead. */
      copied: z.number().int(),
      failed: z.number().int(),
      failures: z.array(z.object({ fileName: z.string(), code: errorCodeSchema, message: z.string() })).readonly(),
      cancelled: z.boolean(),
    }),
  },
} as const satisfies RequestMap
