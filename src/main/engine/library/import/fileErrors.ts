import { VitrineError } from '../../../../shared/contract/errors.ts'

/** The system's code of a thrown value, '' if it has none. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** What it means for a person that a file or folder of theirs could not be read. */
export function sourceError(error: unknown): VitrineError {
  if (error instanceof VitrineError) return error
  const code = systemCode(error)
  const because = { cause: error }
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ESTALE':
      return new VitrineError('file_vanished', 'The file is no longer there.', undefined, because)
    case 'EACCES':
    case 'EPERM':
      return new VitrineError(
        'permission_denied',
        'Vitrine may not read this. Change its permissions and try again.',
        undefined,
        because,
      )
    case 'EBUSY':
      return new VitrineError(
        'file_changing',
        'Another program is using this file. Close it there and try again.',
        undefined,
        because,
      )
    case 'ELOOP':
      return new VitrineError('symlink_loop', 'This link leads back to itself.', undefined, because)
    case 'ENXIO':
    case 'EISDIR':
    case 'ENODEV':
      return new VitrineError('not_a_file', 'This is not a file.', undefined, because)
    case 'ENAMETOOLONG':
    case 'EILSEQ':
      return new VitrineError('name_invalid', 'The name of this file is too long or not readable.', undefined, because)
    default:
      return new VitrineError(
        'io_error',
        `The file can't be read (${code || 'unknown error'}). The disk it is on may be failing.`,
        undefined,
        because,
      )
  }
}

/** What it means that the library's own folder could not be written. */
export function libraryError(error: unknown): VitrineError {
  if (error instanceof VitrineError) return error
  const code = systemCode(error)
  const because = { cause: error }
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new VitrineError(
        'disk_full',
        'The disk of the library is full. Free some space and try again.',
        undefined,
        because,
      )
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return new VitrineError(
        'library_read_only',
        "The library's folder can't be written. Change its permissions and try again.",
        undefined,
        because,
      )
    default:
      return new VitrineError(
        'io_error',
        `The library's folder can't be written (${code || 'unknown error'}).`,
        undefined,
        because,
      )
  }
}
