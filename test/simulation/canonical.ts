import type { Device } from './device.ts'

/**
 * What has to be the same on every device, without what is each one's own: rows, times of its clock, where files are, and
 * assets that nobody has told of yet.
 */
export function canonical(device: Device, isTold: (asset: string) => boolean): Record<string, readonly unknown[]> {
  const tables = {
    assets: `SELECT id, id AS asset, space, status, file_name, file_size_bytes, sha256, storage_path, custom_title, description, rating, is_favorite,
      expires_at, deleted_at, version_number, width, error_code, imported_at FROM assets ORDER BY id`,
    tombstones: 'SELECT asset_id AS asset FROM tombstones ORDER BY 1',
    tags: 'SELECT id, name, color, parent_id, created_at, deleted_at FROM tags ORDER BY id',
    collections: 'SELECT id, name, created_at, deleted_at FROM collections ORDER BY id',
    tagged:
      'SELECT x.tag_id, a.id AS asset, x.added_at FROM asset_tags x JOIN assets a ON a.row_id = x.asset_row ORDER BY 1, 2',
    members:
      'SELECT x.collection_id, a.id AS asset, x.added_at, x.position FROM collection_assets x JOIN assets a ON a.row_id = x.asset_row ORDER BY 1, 2',
    versions:
      'SELECT v.id, a.id AS asset, v.sha256, v.storage_path, v.deleted_at FROM asset_versions v JOIN assets a ON a.row_id = v.asset_row ORDER BY 1',
    settings: 'SELECT key, value FROM library_settings ORDER BY 1',
  }
  return {
    ...Object.fromEntries(
      Object.entries(tables).map(([name, sql]) => [
        name,
        device.all(sql).filter(({ asset }) => asset === undefined || isTold(String(asset))),
      ]),
    ),
    conflicts: conflictsOf(device).filter((line) => !line.startsWith('asset ') || isTold(line.split(' ')[1] ?? '')),
  }
}

export function conflictsOf(device: Device): string[] {
  return device.conflicts
    .list(1000)
    .map(({ entity, entityId, field, lost, lostDevice }) =>
      [entity, entityId, field, JSON.stringify(lost), lostDevice].join(' '),
    )
    .sort()
}
