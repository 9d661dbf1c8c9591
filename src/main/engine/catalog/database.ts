import Database from 'better-sqlite3'
import { VitrineError } from '../../../shared/contract/errors.ts'
import { migrations } from './migrations/index.ts'
import { registerSqlFunctions } from './sqlFunctions.ts'

export type Db = Database.Database

export type Statement = Database.Statement<unknown[]>

const prepared = new WeakMap<Db, Map<string, Statement>>()

/** Prepares each text once a database. Texts are few and fixed; values are always bound, and results come as objects. */
export function statementCache(db: Db): (sql: string) => Statement {
  const statements = prepared.get(db) ?? new Map<string, Statement>()
  prepared.set(db, statements)
  return (sql) => {
    let statement = statements.get(sql)
    if (statement === undefined) {
      statement = db.prepare<unknown[]>(sql)
      statements.set(sql, statement)
    }
    return statement
  }
}

/** The schema version that this program reads and writes. */
export const SCHEMA_VERSION = migrations.length

/**
 * Opens a catalogue, makes it if the file is absent, and brings it to the current schema.
 * Throws `library_newer` for a schema from a later version, `catalog_damaged` for a file that is not a sound
 * database, `library_read_only`, `permission_denied` or `disk_full` as the file system says.
 */
export function openDatabase(file: string, onUpgrade: (done: number, total: number) => void = () => {}): Db {
  let db: Db | undefined
  try {
    db = new Database(file, { timeout: 10_000 })
    // The version is read before anything is written, so that a newer file is left exactly as it was.
    const version = Number(db.pragma('user_version', { simple: true }))
    if (version > SCHEMA_VERSION) {
      throw new VitrineError(
        'library_newer',
        `This library was last used by a newer version of Vitrine (catalogue version ${version}, this program knows ${SCHEMA_VERSION}). Update Vitrine to open it; nothing was changed.`,
        { version, known: SCHEMA_VERSION },
      )
    }
    db.pragma('journal_mode = WAL')
    // FULL: what was acknowledged is on disk, also after a power cut.
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    db.pragma('temp_store = MEMORY')
    db.pragma('cache_size = -32768')
    db.pragma('mmap_size = 268435456')
    // Mostly a thread does it before (`shortenLog`): in a commit it would make a large change take twice as long.
    db.pragma('wal_autocheckpoint = 16000')
    registerSqlFunctions(db)
    migrate(db, version, onUpgrade)
    return db
  } catch (error) {
    db?.close()
    throw databaseError(error)
  }
}

/**
 * Opens a catalogue that a writer has open, on a connection that only reads: each of its transactions sees one snapshot,
 * whatever is written meanwhile. Throws as `openDatabase`.
 */
export function openForReading(file: string): Db {
  let db: Db | undefined
  try {
    db = new Database(file, { readonly: true, fileMustExist: true, timeout: 10_000 })
    db.pragma('temp_store = MEMORY')
    db.pragma('cache_size = -16384')
    registerSqlFunctions(db)
    return db
  } catch (error) {
    db?.close()
    throw databaseError(error)
  }
}

function migrate(db: Db, from: number, onUpgrade: (done: number, total: number) => void): void {
  for (let version = from; version < migrations.length; version++) {
    // A new catalogue has nothing in it that would take time.
    if (from > 0) onUpgrade(version - from, migrations.length - from)
    const sql = migrations[version]
    if (sql === undefined) continue
    db.transaction(() => {
      db.exec(sql)
      db.pragma(`user_version = ${version + 1}`)
    }).immediate()
  }
}

/** What a person is told when the catalogue turns out to be damaged while it is in use. */
const DAMAGED_MESSAGE =
  'The catalogue of this library is damaged. Your files are safe: when the library is opened again, the damaged catalogue is set aside and rebuilt from the journal.'

/** Runs `work` in one immediate transaction. Throws what `work` throws and the typed errors of `databaseError`. */
export function inTransaction<T>(db: Db, work: () => T): T {
  try {
    return db.transaction(work).immediate()
  } catch (error) {
    throw databaseError(error)
  }
}

/**
 * Runs `work` with commits that don't wait for the disk. A power cut may take such commits back, the last ones first and
 * never one without those after it; a crash of the program takes none. For what is done again when it is missing: leases of
 * jobs, and facts that are read from files. The next commit of the ordinary kind makes all before it durable.
 */
export function withoutWaiting<T>(db: Db, work: () => T): T {
  db.pragma('synchronous = NORMAL')
  try {
    return work()
  } finally {
    db.pragma('synchronous = FULL')
  }
}

/**
 * Runs `work` on a new catalogue that is thrown away unless it ends, with nothing else open on the file: commits wait for no disk
 * and go straight to the file, whose pages mostly stay in memory. Durable when it returns; what it throws leaves a file that is
 * worth nothing.
 */
export function whileFilling(db: Db, work: () => void): void {
  db.pragma('journal_mode = MEMORY')
  db.pragma('synchronous = OFF')
  db.pragma('cache_size = -262144')
  work()
  db.pragma('cache_size = -32768')
  db.pragma('synchronous = FULL')
  // Its mark in the file is a commit, which brings the file to the disk. Source: SQLite, "Write-Ahead Logging", 3.3.
  db.pragma('journal_mode = WAL')
}

/** True when SQLite's own quick check finds the file sound. Reads the whole file. */
export function isSound(db: Db): boolean {
  try {
    return db.pragma('quick_check(1)', { simple: true }) === 'ok'
  } catch (error) {
    if (error instanceof Database.SqliteError) return false
    throw error
  }
}

/** Turns what SQLite throws into an error with a code and a message for a person; leaves everything else as it is. */
export function databaseError(error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error
  const code = error.code
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return new VitrineError('catalog_damaged', DAMAGED_MESSAGE, undefined, { cause: error })
  }
  if (code.startsWith('SQLITE_READONLY') || code === 'SQLITE_CANTOPEN' || code.startsWith('SQLITE_CANTOPEN_')) {
    return new VitrineError(
      'library_read_only',
      'The library folder can’t be written to. Check that the disk is not write-protected and that you may change files there.',
      undefined,
      { cause: error },
    )
  }
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_WRITE' || code === 'SQLITE_IOERR_SHMSIZE') {
    return new VitrineError(
      'disk_full',
      'The disk that holds the library is full. Free some space and try again; nothing was lost.',
      undefined,
      { cause: error },
    )
  }
  if (code.startsWith('SQLITE_BUSY')) {
    return new VitrineError(
      'library_busy',
      'Another program is using this library’s catalogue. Try again in a moment.',
      undefined,
      { cause: error },
    )
  }
  if (code.startsWith('SQLITE_IOERR')) {
    return new VitrineError('io_error', 'The disk that holds the library could not be read or written.', undefined, {
      cause: error,
    })
  }
  return error
}
