import { type Condition, plain, rows } from './sqlFragment.ts'

/** Kept, and in no collection. */
export const UNSORTED = "(space = 'library' AND membership_count = 0)"

/** The values of `is:`. Their texts repeat the conditions of partial indexes, so that the planner can use them. */
export const isConditions: Readonly<Record<string, Condition>> = {
  favorite: plain('is_favorite = 1'),
  tagged: plain('tag_count > 0'),
  untagged: plain('tag_count = 0'),
  unsorted: plain(UNSORTED),
  rated: plain('rating > 0'),
  unrated: plain('rating = 0'),
  kept: plain("space = 'library'"),
  workspace: plain("space = 'workspace'"),
  duplicate: rows(
    `SELECT row_id FROM assets WHERE sha256 IN (SELECT sha256 FROM assets GROUP BY sha256 HAVING count(*) > 1)
      AND EXISTS (SELECT 1 FROM assets o WHERE o.sha256 = assets.sha256 AND o.row_id <> assets.row_id AND o.deleted_at IS NULL)`,
  ),
  missing: rows("SELECT row_id FROM assets WHERE status <> 'available' AND status = 'missing'"),
  error: rows("SELECT row_id FROM assets WHERE status <> 'available' AND status = 'error'"),
  animated: rows(
    "SELECT asset_row FROM asset_facets WHERE value_id = (SELECT value_id FROM facet_values WHERE field = 'animated' AND value = 'yes')",
  ),
  // `0` follows `/`: everything that is not below `originals/`.
  linked: plain("(storage_path < 'originals/' OR storage_path >= 'originals0')"),
}

/** The values of `has:`. */
export const hasConditions: Readonly<Record<string, Condition>> = {
  title: plain('custom_title IS NOT NULL'),
  notes: plain('description IS NOT NULL'),
  gps: plain('gps IS NOT NULL'),
  generation: plain('generator IS NOT NULL'),
  prompt: plain('prompt_key IS NOT NULL'),
  seed: plain('generation_seed IS NOT NULL'),
  sidecar: plain('sidecars IS NOT NULL'),
  versions: rows('SELECT asset_row FROM asset_versions WHERE deleted_at IS NULL'),
}
