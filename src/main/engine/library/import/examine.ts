import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { ImportNotice } from '../../catalog/importRecords.ts'
import type { Clock, Scanner } from '../../ports.ts'
import type { LibraryFolder } from '../libraryFolder.ts'
import type { ReadFile } from './copyFile.ts'
import { quarantine } from './quarantine.ts'

export interface ExamineTools {
  readonly clock: Clock
  readonly folder: LibraryFolder
  /** Null while scanning is off. */
  readonly scanner: () => Scanner | null
}

/**
 * Has the scanner look at what was read, before it has any place in the library. Answers with what a person should know
 * of a file that is taken in unseen, null when there is nothing.
 * Throws `infected` when the copy is in quarantine, `scan_failed`, `scanner_unreachable`, and errors of the library's disk.
 */
export async function examine(
  path: string,
  read: ReadFile,
  temporary: string | null,
  { clock, folder, scanner }: ExamineTools,
  signal: AbortSignal,
): Promise<ImportNotice | null> {
  const verdict = await scanner()?.scan(temporary ?? path, signal)
  switch (verdict?.kind) {
    case undefined:
    case 'clean':
      return null
    case 'too-large':
      return {
        code: 'not_scanned',
        message: 'The file is larger than the virus scanner takes, and was taken in without being scanned.',
      }
    case 'failed':
      throw new VitrineError(
        'scan_failed',
        `The virus scanner could not look at this file (${verdict.reason}). Try again, or turn scanning off in the settings.`,
      )
    case 'found':
      throw await quarantine(folder, { path, read, temporary, signature: verdict.signature, foundAt: clock.now() })
  }
}
