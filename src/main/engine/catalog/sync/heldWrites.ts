import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Statement } from '../database.ts'
import type { Operation } from '../journal/operation.ts'
import { parseOperations } from '../journal/operationSet.ts'
import { segmentName } from '../journal/segment.ts'
import { segmentLines } from '../journal/segmentLines.ts'

/** Of the assets that operations make, those of which this device holds something back. */
export function heldAssets(get: (sql: string) => Statement, operations: readonly Operation[]): readonly string[] {
  const held = get(
    'SELECT 1 FROM publications p CROSS JOIN held_operations h ON h.remote_id = p.remote_id AND h.asset_id = ? LIMIT 1',
  )
  return operations.flatMap(({ entity, id, field }) =>
    entity === 'asset' && field === '' && held.get(id) !== undefined ? [id] : [],
  )
}

/**
 * Gives what is held of assets the place in the outbox at which a segment ends that nobody has seen yet: whoever has seen the
 * segments in which it was written knows nothing of it. `own` is the folder of this device's journal.
 */
export function moveHeldWrites(
  get: (sql: string) => Statement,
  own: string,
  assets: readonly string[],
  place: number,
): void {
  const lineAt = lineReader(own)
  for (const asset of assets) {
    const lines = get(
      `SELECT DISTINCT h.segment, h.line FROM publications p CROSS JOIN held_operations h
         ON h.remote_id = p.remote_id AND h.asset_id = ? ORDER BY h.segment, h.line`,
    ).all(asset) as { readonly segment: number; readonly line: number }[]
    for (const { segment, line } of lines) {
      for (const { entity, id, field, stamp } of parseOperations(lineAt(segment, line)) ?? []) {
        if (id !== asset && !id.endsWith(`/${asset}`) && entity !== 'assetVersion') continue
        for (const table of ['stamps', 'unshown_writes'])
          get(
            `UPDATE ${table} SET place = ? WHERE entity = ? AND entity_id = ? AND field = ? AND stamp = ? AND place < ?`,
          ).run(place, entity, id, field, stamp, place)
        if (entity === 'asset')
          get(
            `UPDATE OR IGNORE parked_operations SET seq = :place
             WHERE waits_for = :id AND operation ->> 'field' = :field AND operation ->> 'stamp' = :stamp AND seq < :place`,
          ).run({ place, id, field, stamp })
      }
    }
  }
}

/** Reads lines of the journal, keeping the segment that was read last. */
function lineReader(folder: string): (segment: number, line: number) => string {
  let last: { readonly segment: number; readonly lines: readonly string[] } | null = null
  return (segment, line) => {
    if (last?.segment !== segment)
      last = { segment, lines: segmentLines(readFileSync(join(folder, segmentName(segment)))).lines }
    return last.lines[line] ?? ''
  }
}
