import type { ErrorCode } from '../../shared/contract/errors.ts'

/** What the command line says to scripts when it ends. */
export const exitStatus = {
  done: 0,
  /** Something failed, each item named. */
  failed: 1,
  usage: 2,
  /** The library can't be opened. */
  library: 3,
} as const
export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus]

const libraryCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'library_not_found',
  'library_exists',
  'library_invalid',
  'library_newer',
  'library_read_only',
  'library_busy',
  'catalog_damaged',
])

/** Codes that mean that the caller asked for what can't be. */
const usageCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['usage', 'invalid_request', 'unknown_request'])

/** The status for an error that ended a command. `opening`: the library was not open yet. */
export function statusOf(code: ErrorCode, opening: boolean): ExitStatus {
  if (opening || libraryCodes.has(code)) return exitStatus.library
  return usageCodes.has(code) ? exitStatus.usage : exitStatus.failed
}
