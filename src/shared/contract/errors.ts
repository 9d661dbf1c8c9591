import { z } from 'zod'

/**
 * Every code an error can carry across a process boundary. Callers may act on the code; the message is for a person
 * and says what happened and what to do.
 */
export const errorCodeSchema = z.enum([
  // the caller
  'invalid_request',
  'unknown_request',
  'forbidden_sender',
  'not_found',
  'usage',
  'cancelled',
  // the library
  'library_not_found',
  'library_exists',
  'library_invalid',
  'library_newer',
  'library_read_only',
  'library_busy',
  'catalog_damaged',
  'disk_full',
  'permission_denied',
  'io_error',
  // organising
  'collection_permanent',
  'collection_name_taken',
  'collection_smart',
  'tag_name_taken',
  'inside_itself',
  'too_deep',
  'query_invalid',
  'query_loop',
  'nothing_to_undo',
  'count_changed',
  'folder_overlaps',
  // one file
  'empty_file',
  'not_a_file',
  'file_vanished',
  'file_changing',
  'file_too_large',
  'name_invalid',
  'symlink_loop',
  'unsupported_type',
  /** What was to be fetched from the web could not be. */
  'download_failed',
  'decode_failed',
  'decoder_crashed',
  'decoder_timeout',
  'decoder_memory',
  'pixel_limit',
  'infected',
  'scan_failed',
  // the virus scanner
  'scanner_unreachable',
  'not_scanned',
  // remotes
  'remote_unreachable',
  'remote_tls',
  'remote_access_key',
  'remote_secret_key',
  'remote_bucket',
  'remote_region',
  'remote_permission',
  'remote_clock',
  'remote_folder',
  'remote_other_library',
  'remote_throttled',
  'remote_server',
  'remote_checksum',
  'remote_no_credentials',
  'remote_encrypted',
  'remote_no_key',
  'remote_wrong_key',
  'remote_policy',
  'remote_exists',
  // processes
  'engine_restarting',
  'engine_unavailable',
  'internal',
])
export type ErrorCode = z.infer<typeof errorCodeSchema>

export const errorDataSchema = z.object({
  code: errorCodeSchema,
  message: z.string(),
  details: z.record(z.string(), z.json()).optional(),
})
export type ErrorData = z.infer<typeof errorDataSchema>

/** An error a caller can act on; everything else that is thrown is a defect and crosses a boundary as `internal`. */
export class VitrineError extends Error {
  override readonly name = 'VitrineError'
  readonly code: ErrorCode
  readonly details: ErrorData['details']

  constructor(code: ErrorCode, message: string, details?: ErrorData['details'], options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.details = details
  }
}

/** The data form of anything that was thrown. What is not a `VitrineError` keeps its text out of a person's sight. */
export function toErrorData(thrown: unknown): ErrorData {
  if (thrown instanceof VitrineError) {
    return thrown.details === undefined
      ? { code: thrown.code, message: thrown.message }
      : { code: thrown.code, message: thrown.message, details: thrown.details }
  }
  return {
    code: 'internal',
    message: 'Something went wrong inside Vitrine. The log has the details (Help → Show log).',
  }
}

/** The inverse of `toErrorData`, for the receiving side of a boundary. */
export function fromErrorData(data: ErrorData): VitrineError {
  return new VitrineError(data.code, data.message, data.details)
}
