import { VitrineError } from '../../../shared/contract/errors.ts'

/** Turns an error of the file system about `path` into one with a code and a message for a person; others stay. */
export function fileError(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || error instanceof VitrineError) return error
  const options = { cause: error }
  switch (error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new VitrineError(
        'disk_full',
        `The disk is full (“${path}”). Free some space and try again.`,
        undefined,
        options,
      )
    case 'EROFS':
      return new VitrineError(
        'library_read_only',
        `“${path}” is on a disk that can’t be written to.`,
        undefined,
        options,
      )
    case 'EACCES':
    case 'EPERM':
      return new VitrineError('permission_denied', `You are not allowed to use “${path}”.`, undefined, options)
    case 'ENOTDIR':
    case 'EEXIST':
      return new VitrineError('io_error', `A file is in the way: “${path}” can’t be a folder.`, undefined, options)
    case 'ENOENT':
      return new VitrineError('file_vanished', `“${path}” is not there any more.`, undefined, options)
    case 'ELOOP':
      return new VitrineError('symlink_loop', `“${path}” is a link that leads back to itself.`, undefined, options)
    case 'ENAMETOOLONG':
      return new VitrineError('name_invalid', `The name of “${path}” is too long for this disk.`, undefined, options)
    case 'EIO':
    case 'ENXIO':
    case 'ENODEV':
    case 'ESTALE':
      return new VitrineError('io_error', `The disk could not read or write “${path}”.`, undefined, options)
    default:
      return error
  }
}
