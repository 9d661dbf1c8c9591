/**
 * What readers need. `assets_columns` holds, in the order of row ids, the few small columns that queries, orders and facets
 * look at in every row, so that reading them does not read prompts and metadata; the other indexes order texts.
 * `structure` in `meta` counts changes of what a search may name beside the assets themselves.
 */
const counted = "BEGIN UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'structure'; END;"

function counting(table: string, columns: string): string {
  return `
CREATE TRIGGER ${table}_structure_added AFTER INSERT ON ${table} ${counted}
CREATE TRIGGER ${table}_structure_removed AFTER DELETE ON ${table} ${counted}
CREATE TRIGGER ${table}_structure_changed AFTER UPDATE OF ${columns} ON ${table} ${counted}`
}

export const reading = `
CREATE INDEX assets_columns ON assets(row_id, space, deleted_at, is_favorite, tag_count, membership_count, aspect,
  imported_at, captured_at, created_at, updated_at, file_size_bytes, rating, width, height, duration_seconds,
  asset_type, color_label, extension, generator, model_used);
CREATE INDEX assets_file_name ON assets(file_name COLLATE NOCASE);
CREATE INDEX assets_title ON assets(coalesce(custom_title, file_name) COLLATE NOCASE);
INSERT INTO meta(key, value) VALUES ('structure', '0');
${counting('tags', 'name, aliases, parent_id, deleted_at')}
${counting('collections', 'name, parent_id, kind, query, archived_at, deleted_at')}
${counting('generation_jobs', 'folder')}
`
