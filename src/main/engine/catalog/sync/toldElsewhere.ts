import { links } from '../cellColumns.ts'
import type { Merging } from './merging.ts'

/**
 * Another device has made an asset that was made here, too: a copy of the folder that this library comes from. What is held of it
 * here is told with the next segment. Where it was removed for good before anybody was told of it, nobody will ever hear of that,
 * so it is as if it had never been here: it comes from there like any other.
 */
export function meetToldElsewhere(merging: Merging, id: string): void {
  const { get } = merging
  const removal = get('SELECT told FROM tombstones WHERE asset_id = ?').get(id) as { told: 0 | 1 } | undefined
  if (removal?.told === 0) forget(merging, id)
  // A removal that is still to be told: with all that is held of the asset, or waits in segments that nobody has yet.
  else if (removal !== undefined || get('SELECT 1 FROM assets WHERE id = ?').get(id) !== undefined)
    get('INSERT OR IGNORE INTO told_elsewhere(asset_id) VALUES (?)').run(id)
}

function forget({ get }: Merging, id: string): void {
  get('DELETE FROM tombstones WHERE asset_id = ?').run(id)
  for (const table of ['stamps', 'unshown_writes']) {
    get(`DELETE FROM ${table} WHERE entity = 'asset' AND entity_id = ?`).run(id)
    for (const entity of Object.keys(links))
      get(`DELETE FROM ${table} WHERE entity = ? AND entity_id LIKE ?`).run(entity, `%/${id}`)
  }
}
