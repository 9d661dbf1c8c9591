/**
 * Files that describe an asset, stored beside its original: a JSON array of `Sidecar`, null for none. An import's item
 * knows its sidecars (null: to be looked for beside it), or of which files it is one itself; those wait for the others.
 */
export const sidecars = `
ALTER TABLE assets ADD COLUMN sidecars TEXT;
ALTER TABLE import_items ADD COLUMN sidecars TEXT;
ALTER TABLE import_items ADD COLUMN sidecar_of TEXT;
DROP INDEX import_items_pending;
CREATE INDEX import_items_pending ON import_items(import_id, sidecar_of IS NOT NULL, item_id) WHERE state = 'pending';
CREATE INDEX import_items_taken ON import_items(path) WHERE asset_id IS NOT NULL;
`
