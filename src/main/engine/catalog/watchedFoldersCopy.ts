import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { spaceSchema } from '../../../shared/domain/asset.ts'
import { writeFileDurably } from '../disk/writeFileDurably.ts'
import type { Db } from './database.ts'

const copySchema = z.array(z.object({ path: z.string(), space: spaceSchema, added_at: z.iso.datetime() }))

/** Name of the copy, which stands beside the catalogue so that a rebuild brings the folders back. */
export const WATCHED_FOLDERS_COPY = 'watched-folders.json'

/** Writes the copy anew. */
export function copyWatchedFolders(db: Db, file: string): void {
  const rows = db.prepare('SELECT path, space, added_at FROM watched_folders ORDER BY path').all() as {
    path: string
    space: string
    added_at: number
  }[]
  const copy = rows.map((row) => ({ ...row, added_at: new Date(row.added_at).toISOString() }))
  writeFileDurably(file, `${JSON.stringify(copy, null, 2)}\n`)
}

/**
 * Reads the copy into an empty catalogue. What was known of the files is found out again by scanning them. A copy that is
 * absent or unreadable brings nothing back.
 */
export function restoreWatchedFolders(db: Db, file: string): void {
  let copy: z.infer<typeof copySchema>
  try {
    copy = copySchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return
  }
  const insert = db.prepare('INSERT OR IGNORE INTO watched_folders(path, space, added_at) VALUES (?, ?, ?)')
  for (const { path, space, added_at } of copy) insert.run(path, space, Date.parse(added_at))
}
