import { sep } from 'node:path'
import { VitrineError } from '../../../shared/contract/errors.ts'

/** Half-made copies; a listing leaves this folder out. */
export const INCOMING_FOLDER = '.vitrine-incoming'

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must be found
const UNSAFE_SEGMENT = /[\u0000-\u001f\\:]|^\.{1,2}$|^$/

/**
 * The path of a key relative to the folder, in the system's own form. Keys can come from elsewhere, so one that could
 * lead out of the folder, or into our half-made copies, is refused with `name_invalid`.
 */
export function keyToRelativePath(key: string): string {
  const segments = key.split('/')
  if (segments.some((segment) => UNSAFE_SEGMENT.test(segment)) || segments[0] === INCOMING_FOLDER) {
    throw new VitrineError('name_invalid', `“${key}” cannot be a file in a folder.`)
  }
  return segments.join(sep)
}
