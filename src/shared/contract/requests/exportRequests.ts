import { z } from 'zod'
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
} as const satisfies RequestMap
