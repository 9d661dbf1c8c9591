import type { Device } from './device.ts'
import { watched } from './edits.ts'

/** A cell that an edit wrote. `value` is JSON of what it holds then; of cells that are not watched, `null`. */
export interface Write {
  readonly entity: string
  readonly id: string
  readonly field: string
  readonly stamp: string
  readonly value: string
}

const keys: Readonly<Record<string, readonly [table: string, key: string]>> = {
  asset: ['assets', 'id'],
  tag: ['tags', 'id'],
  librarySetting: ['library_settings', 'key'],
}

export function isWatched(entity: string, field: string): boolean {
  return watched.some(([kind, name]) => kind === entity && name === field)
}

/** What a watched cell holds on a device, as JSON. */
export function shownValue(device: Device, entity: string, id: string, field: string): string {
  const [table, key] = keys[entity] ?? []
  const [row] = device.all(`SELECT ${field} AS value FROM ${table} WHERE ${key} = ?`, id)
  return JSON.stringify(row?.value ?? null)
}

/** Runs an edit and says which cells it wrote, in their order. */
export function writesOf(device: Device, edit: () => void): readonly Write[] {
  const [before] = device.all("SELECT coalesce(max(seq), 0) AS n FROM sqlite_sequence WHERE name = 'journal_outbox'")
  edit()
  const stamps = device.all(
    'SELECT entity, entity_id, field, stamp FROM stamps WHERE place > ? AND substr(stamp, 22) = ? ORDER BY place, entity_id',
    Number(before?.n),
    device.id,
  )
  return stamps.map((row) => {
    const [entity, id, field] = [String(row.entity), String(row.entity_id), String(row.field)]
    const value = isWatched(entity, field) ? shownValue(device, entity, id, field) : 'null'
    return { entity, id, field, stamp: String(row.stamp), value }
  })
}
