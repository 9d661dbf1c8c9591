import { z } from 'zod'
import { duplicatePolicySchema, ignorePatternsSchema } from './import.ts'

/** Where a clamd listens: the absolute path of its socket, or `127.0.0.1:3310`. */
const scannerAddressSchema = z
  .string()
  .trim()
  .max(500)
  .refine((address) => scannerPlace(address) !== null, {
    message: 'Give the path of the scanner’s socket, or localhost and a port such as 127.0.0.1:3310.',
  })

/** What holds for every import of a library on this device, unless an import says otherwise. */
export const importSettingsSchema = z.object({
  onDuplicate: duplicatePolicySchema,
  /** Files that no import takes. */
  ignore: ignorePatternsSchema,
  /** Whether keywords and stars in files and sidecars become tags and ratings. */
  takeOver: z.boolean(),
  /** Whether ClamAV looks at each file before it is taken in. */
  scan: z.object({ enabled: z.boolean(), address: scannerAddressSchema }),
})
export type ImportSettings = z.infer<typeof importSettingsSchema>

/** Only what is to be changed. */
export const importSettingsChangeSchema = importSettingsSchema.partial()
export type ImportSettingsChange = z.infer<typeof importSettingsChangeSchema>

/** Debian's and Ubuntu's place of the socket. */
export const DEFAULT_SCANNER_ADDRESS = '/run/clamav/clamd.ctl'

export const defaultImportSettings: ImportSettings = {
  onDuplicate: 'skip',
  ignore: [],
  takeOver: false,
  scan: { enabled: false, address: DEFAULT_SCANNER_ADDRESS },
}

export type ScannerPlace =
  | { readonly kind: 'socket'; readonly path: string }
  | { readonly kind: 'port'; readonly host: string; readonly port: number }

/** Null for what is neither a path nor a port of this computer: files never leave it to be scanned. */
export function scannerPlace(address: string): ScannerPlace | null {
  if (/^(?:\/|[a-z]:[\\/]|\\\\\.\\pipe\\)[^\0]+$/i.test(address)) return { kind: 'socket', path: address }
  const [, host, digits] = /^(127\.0\.0\.1|localhost|\[::1\]):(\d{1,5})$/.exec(address) ?? []
  const port = Number(digits)
  if (host === undefined || port < 1 || port > 65_535) return null
  return { kind: 'port', host: host === '[::1]' ? '::1' : host, port }
}
