import { mkdir, open, rename } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import { writeFileDurably } from '../../disk/writeFileDurably.ts'
import type { LibraryFolder } from '../libraryFolder.ts'
import type { ReadFile } from './copyFile.ts'
import { libraryError } from './fileErrors.ts'
import { storagePathOf, syncFolders } from './placeOriginal.ts'
import { storedName } from './slugify.ts'

/** A file in which the scanner found something. */
export interface Infected {
  readonly path: string
  readonly read: ReadFile
  readonly signature: string
  /** The copy in `incoming`, null for a file that is linked in place. */
  readonly temporary: string | null
  /** Milliseconds since the Unix epoch. */
  readonly foundAt: number
}

/** Why a file was not taken in: nothing in it may be opened, drawn or read. */
export class InfectedFile extends VitrineError {
  readonly read: ReadFile
  /** Where the copy is, relative to the library; null for a file that stays where it is. */
  readonly quarantined: string | null

  constructor({ read, signature }: Infected, quarantined: string | null) {
    const place =
      quarantined === null ? 'The file was left where it is.' : `It was put into quarantine: ${quarantined}.`
    super('infected', `The virus scanner found “${signature}” in this file. ${place}`, {
      signature,
      ...(quarantined === null ? {} : { file: quarantined }),
    })
    this.read = read
    this.quarantined = quarantined
  }
}

/**
 * Puts the copy of an infected file into quarantine, with a note about it, both durably. The name is that of its bytes, so
 * that the same file is there once. Throws `disk_full`, `library_read_only`, `io_error`.
 */
export async function quarantine(folder: LibraryFolder, infected: Infected): Promise<InfectedFile> {
  if (infected.temporary === null) return new InfectedFile(infected, null)
  const target = join(folder.quarantine, quarantinedName(infected.path, infected.read.sha256))
  try {
    await mkdir(folder.quarantine, { recursive: true })
    // The note first: a file without one would be nobody knows what.
    writeFileDurably(`${target}.json`, `${JSON.stringify(noteOf(infected), null, 2)}\n`)
    await makeDurable(infected.temporary)
    await rename(infected.temporary, target)
    await syncFolders([folder.quarantine])
  } catch (error) {
    throw libraryError(error)
  }
  return new InfectedFile(infected, storagePathOf(folder, target))
}

/** The source may go as soon as this is in quarantine. Nobody changes it from now on. */
async function makeDurable(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.chmod(0o400)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Its ending keeps programs from opening it by mistake. */
export function quarantinedName(path: string, sha256: string): string {
  return `infected-${storedName(basename(path), sha256.slice(0, 24), '')}.quarantined`
}

function noteOf({ path, read, signature, foundAt }: Infected): object {
  return {
    reason: 'infected',
    signature,
    source_path: path,
    file_name: basename(path),
    sha256: read.sha256,
    bytes: read.size,
    found_at: new Date(foundAt).toISOString(),
  }
}
