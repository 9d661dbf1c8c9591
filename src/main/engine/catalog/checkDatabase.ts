import Database from 'better-sqlite3'
import { isSound } from './database.ts'

/** Numbers that rows carry although they could be counted: the condition of the wrong ones. */
export const MISCOUNTED = {
  memberships: 'membership_count <> (SELECT count(*) FROM collection_assets x WHERE x.asset_row = row_id)',
  tags: 'tag_count <> (SELECT count(*) FROM asset_tags x WHERE x.asset_row = row_id)',
} as const

/**
 * What is wrong with a catalogue: its file, what its rows belong to, and numbers it keeps; empty when all is well. Reads
 * the whole file, and writes nothing. Sentences for a person.
 */
export function checkDatabase(file: string): readonly string[] {
  const db = new Database(file, { readonly: true })
  try {
    if (!isSound(db)) return ['The database is damaged. Rebuild the catalogue: `vitrine rebuild`.']
    const found: string[] = []
    const lost = (db.pragma('foreign_key_check') as unknown[]).length
    if (lost > 0) found.push(`${lost} rows belong to something that is not there.`)
    for (const [what, condition] of Object.entries(MISCOUNTED)) {
      const assets = Number(db.prepare(`SELECT count(*) FROM assets WHERE ${condition}`).pluck().get())
      if (assets > 0) found.push(`The number of ${what} is wrong for ${assets} assets.`)
    }
    const indexed = Number(db.prepare('SELECT count(*) FROM asset_search_docsize').pluck().get())
    const assets = Number(db.prepare('SELECT count(*) FROM assets').pluck().get())
    if (indexed !== assets) found.push(`The search index has ${indexed} entries for ${assets} assets.`)
    return found
  } finally {
    db.close()
  }
}
