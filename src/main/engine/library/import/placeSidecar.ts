import { lstat, mkdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join } from 'node:path'
import type { Sidecar } from '../../../../shared/domain/asset.ts'
import type { Sha256 } from '../../../../shared/domain/ids.ts'
import { sidecarKind } from '../../../../shared/domain/sidecarNames.ts'
import type { LibraryFolder } from '../libraryFolder.ts'
import { libraryError, systemCode } from './fileErrors.ts'
import { holdsBytes, resolveStored, storagePathOf } from './placeOriginal.ts'
import { storedName } from './slugify.ts'

/** The asset that a sidecar is placed beside. */
export interface DescribedOriginal {
  readonly storagePath: string
  readonly fileName: string
  readonly extension: string
  readonly sha256: Sha256
  /** Milliseconds since the Unix epoch. */
  readonly importedAt: number
}

export interface NewSidecar {
  /** A durable copy in `folder.incoming`; it is gone afterwards. Null for one that is linked in place. */
  readonly temporary: string | null
  readonly path: string
  readonly sha256: Sha256
  readonly size: number
}

const HASH_DIGITS = 12
const HASH = '[0-9a-f]{12,64}'
/** `<slug>.<hash>[.<extension>][-<hash of the sidecar>].<kind>`; see `isStoredSidecar` for what else must hold. */
const STORED_SIDECAR = new RegExp(
  `^(?<original>.*\\.${HASH}(?<extension>\\.[a-z0-9]{1,16})?)(?<own>-${HASH})?\\.(?:xmp|txt|swarm\\.json)$`,
  'i',
)
const ENDS_WITH_HASH = new RegExp(`\\.${HASH}$`)

/**
 * Moves a sidecar to its place beside the original: the original's stored name with the sidecar's own ending, and with the
 * first digits of the sidecar's hash if other bytes have that name. No other call may place one of the same original
 * meanwhile. The rename is durable after `syncFolders`. Throws `disk_full`, `library_read_only`, `io_error`.
 * @returns the sidecar, and whether this call put it there
 */
export async function placeSidecar(
  folder: LibraryFolder,
  original: DescribedOriginal,
  sidecar: NewSidecar,
): Promise<{ readonly sidecar: Sidecar; readonly placed: boolean }> {
  const name = basename(sidecar.path)
  const described = { name, sha256: sidecar.sha256, bytes: sidecar.size }
  if (sidecar.temporary === null) return { sidecar: { ...described, path: sidecar.path }, placed: false }
  try {
    for (const target of targets(folder, original, sidecar, sidecarKind(name) ?? 'xmp')) {
      const taken = await lstat(target).catch(absent)
      const path = storagePathOf(folder, target)
      if (taken === null) {
        await mkdir(dirname(target), { recursive: true })
        await rename(sidecar.temporary, target)
        return { sidecar: { ...described, path }, placed: true }
      }
      if (await holdsBytes(target, sidecar)) {
        await rm(sidecar.temporary, { force: true })
        return { sidecar: { ...described, path }, placed: false }
      }
    }
  } catch (error) {
    throw libraryError(error)
  }
  throw libraryError(new Error(`Every name for the sidecar ${sidecar.sha256} is taken by other bytes`))
}

/** True for the name of a stored sidecar, which no original ever has: the hash of an original stands right before its extension. */
export function isStoredSidecar(name: string): boolean {
  return describedName(name) !== null
}

/** The stored name of the original that a stored sidecar belongs to; null for every other name. */
export function describedName(name: string): string | null {
  const { original, extension, own } = STORED_SIDECAR.exec(name)?.groups ?? {}
  if (original === undefined) return null
  const unclear = own === undefined && (extension === undefined || ENDS_WITH_HASH.test(original))
  return unclear ? null : original
}

function* targets(
  folder: LibraryFolder,
  original: DescribedOriginal,
  { sha256 }: NewSidecar,
  kind: string,
): Generator<string> {
  const base = baseOf(folder, original)
  // Beside an original without an extension the plain name would be that of an ordinary document.
  if (!ENDS_WITH_HASH.test(base)) yield `${base}.${kind}`
  for (const digits of [HASH_DIGITS, 64]) yield `${base}-${sha256.slice(0, digits)}.${kind}`
}

/** An original that is linked in place gets none beside it: they stand where it would be stored. */
function baseOf(folder: LibraryFolder, original: DescribedOriginal): string {
  if (!isAbsolute(original.storagePath)) return resolveStored(folder, original.storagePath)
  const month = new Date(original.importedAt).toISOString().slice(0, 7).split('-')
  const name = storedName(original.fileName, original.sha256.slice(0, HASH_DIGITS), original.extension)
  return join(folder.originals, ...month, name)
}

function absent(error: unknown): null {
  if (['ENOENT', 'ENOTDIR'].includes(systemCode(error))) return null
  throw error
}
