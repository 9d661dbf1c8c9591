import Database from 'better-sqlite3'

/** An operation that was committed and not yet sealed, as it stands in the outbox. */
export interface WaitingOperation {
  readonly seq: number
  readonly operation: string
}

/**
 * What a catalogue that was set aside had committed but not yet sealed, as far as it can be read: a damaged file gives what
 * stands before the damage, or nothing.
 */
export function readOutbox(file: string): readonly WaitingOperation[] {
  const rows: WaitingOperation[] = []
  let db: Database.Database | undefined
  try {
    // Only read: it is the evidence, and what a second attempt would start from.
    db = new Database(file, { readonly: true })
    const all = db.prepare('SELECT seq, operation FROM journal_outbox ORDER BY seq')
    for (const row of all.iterate() as Iterable<WaitingOperation>) rows.push(row)
  } catch (error) {
    if (!(error instanceof Database.SqliteError) && !isAbsent(error)) throw error
  } finally {
    db?.close()
  }
  return rows
}

function isAbsent(error: unknown): boolean {
  return error instanceof TypeError || (error as NodeJS.ErrnoException).code === 'ENOENT'
}
