/**
 * Changes of one field of many assets are one row for each 4096 rows of `assets` (`rowSets.ts`), so that 10,000 of them are
 * written, undone and found for an asset in a few steps. `before` and `after` are `SetValues` as JSON; `follows` is the last
 * row of `activity_changes` that was written before, which gives both tables one order.
 *
 * Words of tags are found through `tag_search` and `asset_tags`: in `asset_search` each tagging, renaming and merging would
 * write every word of the assets concerned anew.
 */
export const changeSets = `
CREATE TABLE activity_sets (
  id INTEGER PRIMARY KEY,
  activity_id INTEGER NOT NULL REFERENCES activity(id) ON DELETE CASCADE,
  entity TEXT NOT NULL,
  owner TEXT NOT NULL,
  field TEXT NOT NULL,
  bucket INTEGER NOT NULL,
  rows BLOB NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  follows INTEGER NOT NULL
) STRICT;
CREATE INDEX activity_sets_activity ON activity_sets(activity_id);
CREATE INDEX activity_sets_bucket ON activity_sets(bucket, activity_id);

CREATE VIRTUAL TABLE tag_search USING fts5(
  name, aliases, tag_id UNINDEXED, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
INSERT INTO tag_search(name, aliases, tag_id) SELECT name, aliases, id FROM tags;
CREATE TRIGGER tag_search_added AFTER INSERT ON tags BEGIN
  INSERT INTO tag_search(name, aliases, tag_id) VALUES (new.name, new.aliases, new.id);
END;
CREATE TRIGGER tag_search_changed AFTER UPDATE OF name, aliases ON tags WHEN new.name <> old.name OR new.aliases <> old.aliases BEGIN
  UPDATE tag_search SET name = new.name, aliases = new.aliases WHERE tag_id = new.id;
END;
DELETE FROM asset_search;
INSERT INTO asset_search(rowid, title, file_name, prompt, negative_prompt, tags, model, description)
  SELECT row_id, coalesce(custom_title, ''), file_name, coalesce(original_prompt, ''), coalesce(negative_prompt, ''), '',
    coalesce(model_used, ''), coalesce(description, '') FROM assets;
`
