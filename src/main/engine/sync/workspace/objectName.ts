/** What the key of an object in a workspace bucket says. */
export type ObjectName =
  | {
      readonly kind: 'file'
      /** The generation job that it is of: the first folder. Null for an object that lies in none. */
      readonly job: string | null
      /** What the file is called, as it stands in the key. */
      readonly fileName: string
    }
  /** A folder's marker, or an object of our own: nothing to be told of. */
  | { readonly kind: 'ignored' }
  /** A key that no generator means to write. `message` is for a person. */
  | { readonly kind: 'refused'; readonly message: string }

/** As long as S3 lets a key be. */
const LONGEST_KEY_BYTES = 1024
const LONGEST_SEGMENT_BYTES = 255
const MOST_SEGMENTS = 12
const LONGEST_LOCAL_NAME_BYTES = 180
const LONGEST_EXTENSION = 16
/** What a test of the connection writes. */
const OWN = /^connection-test-/
const UNSEEN = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u
const RESERVED_ON_WINDOWS = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/**
 * Reads `<base><job>/<file>`; folders below the job's count for nothing. Keys are as hostile as whoever writes to the bucket:
 * one that is no plain path is refused and never becomes a path here. `base` ends with a slash or is empty.
 */
export function readObjectKey(base: string, key: string): ObjectName {
  if (!key.startsWith(base)) return refused('It lies outside of this folder of the bucket.')
  const path = key.slice(base.length)
  if (path === '' || path.endsWith('/')) return { kind: 'ignored' }
  if (Buffer.byteLength(key) > LONGEST_KEY_BYTES) return refused('Its name is too long.')
  if (!path.isWellFormed() || UNSEEN.test(path)) return refused('Its name has characters in it that can’t be seen.')
  const segments = path.split('/')
  if (segments.some((segment) => /^\.{0,2}$/.test(segment))) return refused('Its name is not a plain path.')
  if (path.includes('\\')) return refused('Its name is not a plain path.')
  if (segments.length > MOST_SEGMENTS) return refused('It lies in too many folders.')
  if (segments.some((segment) => Buffer.byteLength(segment) > LONGEST_SEGMENT_BYTES)) {
    return refused('Its name is too long.')
  }
  const [first = '', ...rest] = segments
  if (OWN.test(first)) return { kind: 'ignored' }
  const fileName = rest.at(-1)
  return fileName === undefined ? { kind: 'file', job: null, fileName: first } : { kind: 'file', job: first, fileName }
}

/** The name that a file gets on this computer: safe on every system, with its extension, at most 180 bytes. */
export function localName(fileName: string): string {
  const plain = fileName.replace(/[\p{Cc}\p{Cs}\u2028\u2029/\\:*?"<>|]/gu, '_').replace(/^\.+|[. ]+$/g, '')
  const dot = plain.lastIndexOf('.')
  const hasExtension = dot > 0 && plain.length - dot <= LONGEST_EXTENSION + 1
  const extension = hasExtension ? plain.slice(dot) : ''
  const stem = cut(hasExtension ? plain.slice(0, dot) : plain, LONGEST_LOCAL_NAME_BYTES - Buffer.byteLength(extension))
  const name = `${stem === '' ? 'file' : stem}${extension}`
  return RESERVED_ON_WINDOWS.test(name) ? `_${name}` : name
}

function refused(message: string): ObjectName {
  return { kind: 'refused', message }
}

/** The longest start of a text that fits, never half a character. */
function cut(text: string, most: number): string {
  let bytes = 0
  let end = 0
  for (const character of text) {
    bytes += Buffer.byteLength(character)
    if (bytes > most) break
    end += character.length
  }
  return text.slice(0, end)
}
