import Database from 'better-sqlite3'
import { VitrineError } from '../../../shared/contract/errors.ts'

/** Held until it is released or its process ends, however that ends. */
export interface ExclusiveLock {
  release(): void
}

/**
 * Takes the lock file at `path`, made if it is missing; null when somebody else, in this process or in another, has
 * it. The lock is SQLite's own exclusive file lock: the operating system drops it with the process, also on
 * `kill -9`, and of several who ask at the same instant exactly one gets it. The file stays empty and is never
 * removed, because removing it would let two holders lock two different files of one name.
 *
 * On POSIX systems nothing else in the holding process may open and close that file: that would drop the lock
 * (https://www.sqlite.org/howtocorrupt.html, section 2.2).
 *
 * @throws {VitrineError} `library_read_only`, `library_not_found` or `io_error` when the file can't be locked at all.
 */
export function tryExclusiveLock(path: string): ExclusiveLock | null {
  let database: Database.Database | undefined
  try {
    database = new Database(path, { timeout: 0 })
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database?.close()
    if (isBusy(error)) return null
    throw lockError(error, path)
  }
  const held = database
  return { release: () => held.close() }
}

function codeOf(error: unknown): string {
  if (error instanceof Database.SqliteError) return error.code
  return error instanceof Error ? error.message : String(error)
}

function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error))
}

function lockError(error: unknown, path: string): VitrineError {
  const code = codeOf(error)
  if (/^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)/.test(code)) {
    return new VitrineError(
      'library_read_only',
      `The library can't be written to: ${path} could not be opened for writing. ` +
        'Check the permissions of the library folder and that its disk is not mounted read-only.',
      { path },
      { cause: error },
    )
  }
  if (/directory does not exist/i.test(code)) {
    return new VitrineError('library_not_found', `There is no folder for ${path}.`, { path }, { cause: error })
  }
  return new VitrineError(
    'io_error',
    `The library can't be locked: ${path} (${code}). If the file is damaged and no Vitrine is running, delete it.`,
    { path },
    { cause: error },
  )
}
