import { lstat, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { ImportRules } from '../../../../shared/domain/import.ts'
import { findSidecars, folderNames, sidecarKind, sidecarNamesFor } from '../../../../shared/domain/sidecarNames.ts'
import type { ImportItem } from '../../catalog/importRecords.ts'
import { type CloneMemory, type ReadFile, readAndCopy } from './copyFile.ts'
import { type ExamineTools, examine } from './examine.ts'
import { type IgnoreFilter, ignoreFilter } from './ignorePatterns.ts'
import type { NewSidecar } from './placeSidecar.ts'
import { isPromptFile } from './promptText.ts'

/** A sidecar that was read and, unless it is linked, copied to `incoming`. */
export interface ReadSidecar extends NewSidecar {
  readonly read: ReadFile
}

export interface SidecarTools extends ExamineTools {
  readonly clones: CloneMemory
  readonly temporaryPath: () => string
}

/** A larger file is one of its own, whatever its name says, bytes. */
export const MOST_SIDECAR_BYTES = 16 * 1024 * 1024
/** A file that was written to less than this ago may be written to again, milliseconds. */
const SETTLED_MS = 200
/** Errors that are about the sidecar alone: it is an item of its own or will be, which then says so. */
export const ABOUT_SIDECAR: ReadonlySet<string> = new Set([
  'file_changing',
  'file_vanished',
  'empty_file',
  'not_a_file',
  'permission_denied',
  'io_error',
  'infected',
  'scan_failed',
])

/**
 * Reads the sidecars of a file, those that are sidecars by their content too. One that can't be read now is left out.
 * Throws `disk_full`, `library_read_only`, `cancelled`; nothing is left in `incoming` then.
 */
export async function readSidecars(
  item: Pick<ImportItem, 'path' | 'sidecars'>,
  { mode, ignore }: Pick<ImportRules, 'mode' | 'ignore'>,
  tools: SidecarTools,
  signal: AbortSignal,
): Promise<readonly ReadSidecar[]> {
  const found: ReadSidecar[] = []
  for (const path of item.sidecars ?? (await lookBeside(item.path, ignoreFilter(ignore)))) {
    try {
      const sidecar = await readSidecar(path, mode === 'link', tools, signal)
      if (sidecar !== null) found.push(sidecar)
    } catch (error) {
      if (error instanceof VitrineError && ABOUT_SIDECAR.has(error.code)) continue
      await discard(found)
      throw error
    }
  }
  return found
}

/** Null for a file that only has the name of a sidecar. Throws like `readAndCopy`. */
export async function readSidecar(
  path: string,
  linked: boolean,
  tools: SidecarTools,
  signal: AbortSignal,
): Promise<ReadSidecar | null> {
  const found = await lstat(path).catch(() => null)
  if (found !== null && found.size > MOST_SIDECAR_BYTES) return null
  const temporary = linked ? null : tools.temporaryPath()
  const read = await readAndCopy(path, temporary, tools.clones, signal, SETTLED_MS)
  const sidecar: ReadSidecar = { path, temporary, sha256: read.sha256, size: read.size, read }
  let isSidecar = false
  try {
    isSidecar = sidecarKind(basename(path)) !== 'txt' || (await isPromptFile(temporary ?? path))
    if (isSidecar) await examine(path, read, temporary, tools, signal)
  } catch (error) {
    await discard([sidecar])
    throw error
  }
  if (isSidecar) return sidecar
  await discard([sidecar])
  return null
}

/** Removes copies that were not placed. */
export async function discard(sidecars: readonly ReadSidecar[]): Promise<void> {
  for (const { temporary } of sidecars) if (temporary !== null) await rm(temporary, { force: true })
}

async function lookBeside(path: string, isIgnored: IgnoreFilter): Promise<string[]> {
  const folder = dirname(path)
  const names: string[] = []
  for (const name of sidecarNamesFor(basename(path))) {
    const found = await lstat(join(folder, name)).catch(() => null)
    if (found?.isFile() && !isIgnored(name, false)) names.push(name)
  }
  return findSidecars(basename(path), folderNames(names)).map((name) => join(folder, name))
}
