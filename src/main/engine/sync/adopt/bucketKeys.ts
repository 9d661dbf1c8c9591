import type { SkipCode } from '../../../../shared/domain/import.ts'
import { isAskableKey } from '../../catalog/adoptedKey.ts'
import type { Owner } from '../objectKeys.ts'

/** What a key of a bucket that other programs write to stands for. */
export type BucketKey =
  | { readonly kind: 'file' }
  /** A file that no import takes, and why. */
  | { readonly kind: 'skipped'; readonly code: SkipCode }
  /** What this library keeps there itself, or the mark of a folder: nothing to be told of. */
  | { readonly kind: 'none' }
  /** A key that would become another one on its way, or that no person can read. `message` is for a person. */
  | { readonly kind: 'refused'; readonly message: string }

export interface KeyRules {
  readonly owner: Owner
  /** Why an import leaves out what has this name, null if it does not. */
  readonly skipCode: (name: string, isDirectory: boolean) => SkipCode | null
}

const LONGEST_NAME_BYTES = 255
const MOST_FOLDERS = 64
/** Characters that change how a name reads: turned directions, line ends that are none. */
const MISLEADING = /[\u0080-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u
/** Hadoop and EMR mark folders so. */
const FOLDER_MARK = '_$folder$'

/** Reads a key below the prefix of a remote. Keys are as hostile as whoever may write to the bucket. Pure. */
export function readBucketKey(key: string, { owner, skipCode }: KeyRules): BucketKey {
  if (key === '' || key.endsWith('/') || key.endsWith(FOLDER_MARK)) return { kind: 'none' }
  if (key === owner || key.startsWith(`${owner}/`)) return { kind: 'none' }
  if (!isAskableKey(key)) return refused('Its name is no plain path.')
  if (MISLEADING.test(key)) return refused('Its name holds characters that hide what it is.')
  const names = key.split('/')
  if (names.length > MOST_FOLDERS) return refused('It lies in too many folders.')
  if (names.some((name) => Buffer.byteLength(name) > LONGEST_NAME_BYTES)) return refused('Its name is too long.')
  for (const [index, name] of names.entries()) {
    const code = skipCode(name, index < names.length - 1)
    if (code !== null) return { kind: 'skipped', code }
  }
  return { kind: 'file' }
}

function refused(message: string): BucketKey {
  return { kind: 'refused', message: `${message} Rename it in the bucket, then look for new files again.` }
}
