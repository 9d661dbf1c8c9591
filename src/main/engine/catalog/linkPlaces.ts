import type { Statement } from './database.ts'

/** A place in an order made by hand, with the stamp of the write that gave it. */
export interface Placed {
  readonly stamp: string
  readonly position: number
}

/**
 * The place of a link that stands: that of the write that made it, or of the latest move if that came later. A move counts
 * whether or not it knew that write, so that the place depends on nothing but which writes there are.
 */
export function placeOf(made: Placed, moved: Placed | undefined): number {
  return moved !== undefined && moved.stamp > made.stamp ? moved.position : made.position
}

/** The latest move of a link; undefined if nobody ever moved it. It outlives the link, which may come to stand again. */
export function latestMove(get: (sql: string) => Statement, entity: string, id: string): Placed | undefined {
  const row = get(
    "SELECT stamp, value FROM unshown_writes WHERE entity = ? AND entity_id = ? AND field = 'position'",
  ).get(entity, id) as { readonly stamp: string; readonly value: string } | undefined
  return row && { stamp: row.stamp, position: Number(row.value) }
}

/** Keeps a move in place of earlier ones. `place` as in `stamps.place`. Returns false, with nothing kept, if a later one is known. */
export function keepMove(
  get: (sql: string) => Statement,
  link: { readonly entity: string; readonly id: string },
  move: Placed,
  place: number,
): boolean {
  const { entity, id } = link
  const known = latestMove(get, entity, id)
  if (known !== undefined && known.stamp >= move.stamp) return false
  get("DELETE FROM unshown_writes WHERE entity = ? AND entity_id = ? AND field = 'position'").run(entity, id)
  get(
    `INSERT INTO unshown_writes(entity, entity_id, field, value, stamp, place, outbox, found_at, listed)
     VALUES (?, ?, 'position', ?, ?, ?, 0, 0, 0)`,
  ).run(entity, id, JSON.stringify(move.position), move.stamp, place)
  return true
}
