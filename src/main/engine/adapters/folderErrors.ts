import { VitrineError } from '../../../shared/contract/errors.ts'
import { errnoOf } from './localFile.ts'

const GONE = new Set([
  'ENODEV',
  'ENXIO',
  'ESTALE',
  'EIO',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENOTCONN',
  'ETIMEDOUT',
  'ENETDOWN',
])

/** Turns what the file system said about a folder remote into a `VitrineError` that says what to change. */
export function toFolderError(thrown: unknown, root: string): VitrineError {
  if (thrown instanceof VitrineError) return thrown
  const errno = errnoOf(thrown)
  const fail = (code: VitrineError['code'], message: string) =>
    new VitrineError(code, message, undefined, { cause: thrown })
  if (errno === undefined) return fail('remote_server', `The folder ${root} failed: ${String(thrown)}`)
  if (GONE.has(errno)) return folderGone(root, thrown)
  switch (errno) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return fail('disk_full', `The disk that holds ${root} is full. Make room there; the upload then goes on.`)
    case 'EACCES':
    case 'EPERM':
      return fail('remote_permission', `Vitrine may not write in ${root}. Give your user the right to.`)
    case 'EROFS':
      return fail(
        'remote_permission',
        `The disk that holds ${root} can only be read. Mount it so that it can be written.`,
      )
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ELOOP':
    case 'ENAMETOOLONG':
    case 'EISDIR':
      return fail(
        'remote_folder',
        `Something in ${root} is in the way (${errno}). Look at what else is in that folder.`,
      )
    default:
      return fail('remote_server', `The folder ${root} failed (${errno}).`)
  }
}

/** The error for a folder that is not there now: a disk that was taken out, a share that is not mounted. */
export function folderGone(root: string, cause?: unknown): VitrineError {
  return new VitrineError(
    'remote_unreachable',
    `The folder ${root} is not there. Connect the disk or mount the share that holds it; syncing then goes on by itself.`,
    undefined,
    { cause },
  )
}
