import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../src/main/engine/catalog/database.ts'

/** Where runs have their files. Memory, where there is a file system for it: a run is hundreds of small files. */
export const place = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

let template: Buffer | null = null

/** The bytes of an empty catalogue, made once, with the help of a file below `root`. */
export function emptyCatalog(root: string): Buffer {
  if (template === null) {
    const db = openDatabase(join(root, 'template.sqlite'))
    db.pragma('journal_mode = DELETE')
    template = db.serialize()
    db.close()
  }
  return template
}
