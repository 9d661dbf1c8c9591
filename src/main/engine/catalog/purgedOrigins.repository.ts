import type { AssetId } from '../../../shared/domain/ids.ts'
import { type Db, statementCache } from './database.ts'

/** Where what is gone for good had come from. */
export interface PurgedOriginsRepository {
  /** The asset that a file of a workspace bucket had become, by the name of its arrival. */
  ofArrival(arrival: string): AssetId | undefined
}

/** Files of workspace buckets lie here while they come, each in a folder with the name of its arrival. */
const ARRIVALS = '/cache/arrivals/'
const ARRIVAL_DIGITS = 32

/**
 * SQL that notes where the assets of `cell_set` came from, before their rows go: of one with other content by now only where
 * that came from.
 */
export const NOTE_ORIGINS = `INSERT OR IGNORE INTO purged_origins(asset_id, sha256, size, object_key, arrival)
  SELECT id, sha256, size, object_key, arrival FROM (
    SELECT a.id, a.sha256, a.file_size_bytes AS size,
      iif(substr(a.object_key, 1, 65) = a.sha256 || '/', substr(a.object_key, 66), NULL) AS object_key,
      iif(instr(replace(a.source_path, '\\', '/'), '${ARRIVALS}') > 0,
        substr(a.source_path, instr(replace(a.source_path, '\\', '/'), '${ARRIVALS}') + ${ARRIVALS.length}, ${ARRIVAL_DIGITS}),
        NULL) AS arrival
    FROM temp.cell_set s CROSS JOIN assets a ON a.row_id = s.row)
  WHERE object_key IS NOT NULL OR arrival IS NOT NULL`

export function purgedOriginsRepository(db: Db): PurgedOriginsRepository {
  const get = statementCache(db)
  return {
    ofArrival: (arrival) =>
      get('SELECT asset_id FROM purged_origins WHERE arrival = ?').pluck().get(arrival) as AssetId | undefined,
  }
}
