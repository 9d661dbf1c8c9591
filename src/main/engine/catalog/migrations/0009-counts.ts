/**
 * How many assets each tag and each collection has, alone and with everything below it, kept while rows change: counting a
 * million links takes a second, and the sidebar shows all of them. What is in Trash does not count. `*_tree` holds what is
 * above each tag and each collection (see `trees.ts`). Two devices may name two tags alike, so names are not unique here.
 */
function counted(owners: string, links: string, owner: string, tree: string, links_of_asset: string): string {
  // Whether the asset has another link to the owner at hand or to one below it.
  const another = (row: string) =>
    `EXISTS (SELECT 1 FROM ${links} x WHERE x.asset_row = ${row}.asset_row AND x.${owner} <> ${row}.${owner}
      AND (x.${owner} = ${owners}.id OR EXISTS (SELECT 1 FROM ${tree} y WHERE y.id = x.${owner} AND y.ancestor_id = ${owners}.id)))`
  const change = (row: string, sign: string) => `
  UPDATE ${owners} SET asset_count = asset_count ${sign} 1,
    total_count = total_count ${sign} (NOT EXISTS (SELECT 1 FROM ${tree} WHERE ancestor_id = ${row}.${owner}) OR NOT ${another(row)})
    WHERE id = ${row}.${owner};
  UPDATE ${owners} SET total_count = total_count ${sign} 1
    WHERE id IN (SELECT ancestor_id FROM ${tree} WHERE id = ${row}.${owner}) AND NOT ${another(row)};`
  return `
ALTER TABLE ${owners} ADD COLUMN asset_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ${owners} ADD COLUMN total_count INTEGER NOT NULL DEFAULT 0;
CREATE TABLE ${tree} (
  id TEXT NOT NULL,
  ancestor_id TEXT NOT NULL,
  PRIMARY KEY (id, ancestor_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX ${tree}_below ON ${tree}(ancestor_id, id);
INSERT INTO ${tree}
  WITH RECURSIVE above(id, ancestor_id) AS (
    SELECT c.id, p.id FROM ${owners} c JOIN ${owners} p ON p.id = c.parent_id WHERE c.deleted_at IS NULL AND p.deleted_at IS NULL
    UNION SELECT a.id, p.id FROM above a JOIN ${owners} c ON c.id = a.ancestor_id JOIN ${owners} p ON p.id = c.parent_id WHERE p.deleted_at IS NULL)
  SELECT id, ancestor_id FROM above WHERE id <> ancestor_id;
UPDATE ${owners} SET
  asset_count = (SELECT count(*) FROM ${links} x JOIN assets a ON a.row_id = x.asset_row WHERE x.${owner} = ${owners}.id AND a.deleted_at IS NULL),
  total_count = (SELECT count(DISTINCT x.asset_row) FROM ${links} x JOIN assets a ON a.row_id = x.asset_row
    WHERE a.deleted_at IS NULL AND x.${owner} IN (SELECT ${owners}.id UNION ALL SELECT id FROM ${tree} WHERE ancestor_id = ${owners}.id));
CREATE TRIGGER ${links}_counted AFTER INSERT ON ${links}
WHEN (SELECT deleted_at IS NULL FROM assets WHERE row_id = new.asset_row) BEGIN${change('new', '+')}
END;
CREATE TRIGGER ${links}_uncounted AFTER DELETE ON ${links}
WHEN (SELECT deleted_at IS NULL FROM assets WHERE row_id = old.asset_row) BEGIN${change('old', '-')}
END;
CREATE TRIGGER assets_${links}_counted AFTER UPDATE OF deleted_at ON assets
WHEN (old.deleted_at IS NULL) <> (new.deleted_at IS NULL) AND new.${links_of_asset} > 0 BEGIN
  UPDATE ${owners} SET
    asset_count = asset_count + iif(new.deleted_at IS NULL, 1, -1) * (id IN (SELECT ${owner} FROM ${links} WHERE asset_row = new.row_id)),
    total_count = total_count + iif(new.deleted_at IS NULL, 1, -1)
  WHERE id IN (SELECT ${owner} FROM ${links} WHERE asset_row = new.row_id
    UNION SELECT y.ancestor_id FROM ${links} x JOIN ${tree} y ON y.id = x.${owner} WHERE x.asset_row = new.row_id);
END;
`
}

export const counts = `
DROP INDEX tags_name;
CREATE INDEX tags_name ON tags(name COLLATE NOCASE) WHERE deleted_at IS NULL;
CREATE INDEX collection_assets_order ON collection_assets(collection_id, position, asset_row);
${counted('tags', 'asset_tags', 'tag_id', 'tag_tree', 'tag_count')}
${counted('collections', 'collection_assets', 'collection_id', 'collection_tree', 'membership_count')}
`
