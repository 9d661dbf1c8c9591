import Database from 'better-sqlite3'

/** Version of the SQLite that the catalogue runs on. Throws when its native module can't be loaded. */
export function sqliteVersion(): string {
  const database = new Database(':memory:')
  try {
    return String(database.prepare('SELECT sqlite_version()').pluck().get())
  } finally {
    database.close()
  }
}
