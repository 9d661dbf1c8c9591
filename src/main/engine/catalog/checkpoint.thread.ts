import { workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'

/**
 * The thread in which what was committed moves from the log of the catalogue into its file: after a large change that takes
 * longer than the change. PASSIVE waits for nobody and keeps nobody waiting (https://sqlite.org/c3ref/wal_checkpoint_v2.html).
 */

const db = new Database(String(workerData), { fileMustExist: true, timeout: 0 })
try {
  db.pragma('wal_checkpoint(PASSIVE)')
} finally {
  db.close()
}
