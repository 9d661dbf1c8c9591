/** The words of an asset, for its insert and its change. */
export const learnWords = `
  INSERT INTO search_words(word)
    SELECT value FROM json_each(search_vocabulary(new.original_prompt, new.negative_prompt, new.custom_title, new.description, new.file_name, new.model_used))
    WHERE value NOT IN (SELECT word FROM search_words) AND coalesce((SELECT max(word_id) FROM search_words), 0) < 1000000
    ON CONFLICT DO NOTHING;`

const facetsOf = (row: 'new' | 'old'): string =>
  `json_each(asset_facets(${row}.extension, ${row}.content_category, ${row}.model_used, ${row}.generator, ${row}.generation, ${row}.metadata))`
export const addFacets = `
  INSERT INTO facet_values(field, value, folded)
    SELECT value ->> 0, value ->> 1, value ->> 2 FROM ${facetsOf('new')} WHERE true ON CONFLICT DO NOTHING;
  INSERT INTO asset_facets(value_id, asset_row)
    SELECT f.value_id, new.row_id FROM ${facetsOf('new')} j CROSS JOIN facet_values f ON f.field = j.value ->> 0 AND f.value = j.value ->> 1
    WHERE true ON CONFLICT DO NOTHING;`
const removeFacets = `
  DELETE FROM asset_facets WHERE asset_row = old.row_id AND value_id IN
    (SELECT f.value_id FROM ${facetsOf('old')} j CROSS JOIN facet_values f ON f.field = j.value ->> 0 AND f.value = j.value ->> 1);`

/** Of a row that changes: what it keeps is not taken out first. */
const removeLostFacets = `
  DELETE FROM asset_facets WHERE asset_row = old.row_id AND value_id IN
    (SELECT f.value_id FROM ${facetsOf('old')} j CROSS JOIN facet_values f ON f.field = j.value ->> 0 AND f.value = j.value ->> 1
     WHERE NOT EXISTS (SELECT 1 FROM ${facetsOf('new')} n WHERE n.value ->> 0 = f.field AND n.value ->> 1 = f.value));`

export const addColors = `
  INSERT INTO asset_colors(cell, asset_row)
    SELECT color_cell(value), new.row_id FROM json_each(new.dominant_colors) WHERE color_cell(value) IS NOT NULL ON CONFLICT DO NOTHING;`
const removeColors = `
  DELETE FROM asset_colors WHERE asset_row = old.row_id AND cell IN
    (SELECT color_cell(value) FROM json_each(old.dominant_colors));`

const addLikeness = `
  INSERT INTO asset_likeness(band, asset_row)
    SELECT value, new.row_id FROM json_each(likeness_bands(new.phash)) WHERE true ON CONFLICT DO NOTHING;`
export const removeLikeness = `
  DELETE FROM asset_likeness WHERE asset_row = old.row_id AND band IN (SELECT value FROM json_each(likeness_bands(old.phash)));`

/**
 * What searches are answered from. Triggers keep it, whoever writes the assets: it is all derived from their columns, and
 * what an old row had there is found by deriving it again, so that none of these tables needs an index by asset.
 *
 * - The text index is filled anew, with characters of scripts without spaces apart and the parts of names.
 * - `search_words`: the words there are (never fewer), and their trigrams, for fragments inside of words. A million
 *   prompts have as many words as a dictionary; a trigram index of the prompts would be larger than they are.
 * - `facet_values`: values that many assets share, with how many have each (Trash counts): completion, and who has it.
 * - `asset_colors`: dominant colours in cells of five bits a channel. `asset_likeness`: bands of the perceptual hash.
 *
 * The indexes of `assets` are for ranges that a person asks for and that few assets may lie in. Width, height, aspect and
 * `updated_at` have none: `assets_columns` answers them without the rows, and every edit would pay for the last.
 */
export const search = `
CREATE TABLE search_words (word_id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE) STRICT;
CREATE VIRTUAL TABLE search_word_grams USING fts5(
  word, content = 'search_words', content_rowid = 'word_id', tokenize = 'trigram', detail = none
);
CREATE TRIGGER search_words_added AFTER INSERT ON search_words BEGIN
  INSERT INTO search_word_grams(rowid, word) VALUES (new.word_id, new.word);
END;

CREATE TABLE facet_values (
  value_id INTEGER PRIMARY KEY,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  folded TEXT NOT NULL,
  count INTEGER NOT NULL DEFAULT 0,
  UNIQUE (field, value)
) STRICT;
CREATE TABLE asset_facets (
  value_id INTEGER NOT NULL,
  asset_row INTEGER NOT NULL,
  PRIMARY KEY (value_id, asset_row)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER asset_facets_added AFTER INSERT ON asset_facets BEGIN
  UPDATE facet_values SET count = count + 1 WHERE value_id = new.value_id;
END;
CREATE TRIGGER asset_facets_removed AFTER DELETE ON asset_facets BEGIN
  UPDATE facet_values SET count = count - 1 WHERE value_id = old.value_id;
END;
CREATE TABLE asset_colors (
  cell INTEGER NOT NULL,
  asset_row INTEGER NOT NULL,
  PRIMARY KEY (cell, asset_row)
) STRICT, WITHOUT ROWID;
CREATE TABLE asset_likeness (
  band INTEGER NOT NULL,
  asset_row INTEGER NOT NULL,
  PRIMARY KEY (band, asset_row)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER assets_search_added AFTER INSERT ON assets BEGIN
  ${learnWords}${addFacets}${addColors}${addLikeness}
END;
CREATE TRIGGER assets_search_removed AFTER DELETE ON assets BEGIN
  ${removeFacets}${removeColors}${removeLikeness}
END;
CREATE TRIGGER assets_words_changed AFTER UPDATE OF original_prompt, negative_prompt, custom_title, description, file_name, model_used ON assets
WHEN new.original_prompt IS NOT old.original_prompt OR new.negative_prompt IS NOT old.negative_prompt
  OR new.custom_title IS NOT old.custom_title OR new.description IS NOT old.description
  OR new.file_name IS NOT old.file_name OR new.model_used IS NOT old.model_used
BEGIN ${learnWords}
END;
CREATE TRIGGER assets_facets_changed AFTER UPDATE OF extension, content_category, model_used, generator, generation, metadata ON assets
WHEN new.extension IS NOT old.extension OR new.content_category IS NOT old.content_category
  OR new.model_used IS NOT old.model_used OR new.generator IS NOT old.generator
  OR new.generation IS NOT old.generation OR new.metadata IS NOT old.metadata
BEGIN ${removeLostFacets}${addFacets}
END;
CREATE TRIGGER assets_colors_changed AFTER UPDATE OF dominant_colors ON assets WHEN new.dominant_colors IS NOT old.dominant_colors
BEGIN ${removeColors}${addColors}
END;
CREATE TRIGGER assets_likeness_changed AFTER UPDATE OF phash ON assets WHEN new.phash IS NOT old.phash
BEGIN ${removeLikeness}${addLikeness}
END;
CREATE TRIGGER tags_words_added AFTER INSERT ON tags BEGIN
  INSERT INTO search_words(word) SELECT value FROM json_each(search_vocabulary(NULL, NULL, NULL, new.name || ' ' || new.aliases, NULL, NULL)) WHERE true ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER tags_words_changed AFTER UPDATE OF name, aliases ON tags BEGIN
  INSERT INTO search_words(word) SELECT value FROM json_each(search_vocabulary(NULL, NULL, NULL, new.name || ' ' || new.aliases, NULL, NULL)) WHERE true ON CONFLICT DO NOTHING;
END;

INSERT INTO search_words(word)
  SELECT value FROM assets, json_each(search_vocabulary(original_prompt, negative_prompt, custom_title, description, file_name, model_used))
  WHERE true ON CONFLICT DO NOTHING;
INSERT INTO search_words(word)
  SELECT value FROM tags, json_each(search_vocabulary(NULL, NULL, NULL, name || ' ' || aliases, NULL, NULL)) WHERE true ON CONFLICT DO NOTHING;
INSERT INTO facet_values(field, value, folded)
  SELECT value ->> 0, value ->> 1, value ->> 2
  FROM assets, json_each(asset_facets(extension, content_category, model_used, generator, generation, metadata))
  WHERE true ON CONFLICT DO NOTHING;
INSERT INTO asset_facets(value_id, asset_row)
  SELECT f.value_id, row_id
  FROM assets CROSS JOIN json_each(asset_facets(extension, content_category, model_used, generator, generation, metadata)) j
    CROSS JOIN facet_values f ON f.field = j.value ->> 0 AND f.value = j.value ->> 1;
INSERT INTO asset_colors(cell, asset_row)
  SELECT color_cell(value), row_id FROM assets, json_each(dominant_colors) WHERE color_cell(value) IS NOT NULL ON CONFLICT DO NOTHING;
INSERT INTO asset_likeness(band, asset_row)
  SELECT value, row_id FROM assets, json_each(likeness_bands(phash)) WHERE true ON CONFLICT DO NOTHING;

INSERT INTO asset_search(asset_search) VALUES ('delete-all');
INSERT INTO asset_search(rowid, title, file_name, prompt, negative_prompt, tags, model, description)
  SELECT row_id, indexed_text(custom_title), indexed_name(file_name), indexed_text(original_prompt), indexed_text(negative_prompt),
    '', indexed_name(model_used), indexed_text(description)
  FROM assets;
DROP TRIGGER tag_search_added;
DROP TRIGGER tag_search_changed;
DELETE FROM tag_search;
INSERT INTO tag_search(name, aliases, tag_id) SELECT indexed_text(name), indexed_text(aliases), id FROM tags;
CREATE TRIGGER tag_search_added AFTER INSERT ON tags BEGIN
  INSERT INTO tag_search(name, aliases, tag_id) VALUES (indexed_text(new.name), indexed_text(new.aliases), new.id);
END;
CREATE TRIGGER tag_search_changed AFTER UPDATE OF name, aliases ON tags WHEN new.name <> old.name OR new.aliases <> old.aliases BEGIN
  UPDATE tag_search SET name = indexed_text(new.name), aliases = indexed_text(new.aliases) WHERE tag_id = new.id;
END;

CREATE INDEX assets_imported ON assets(imported_at);
CREATE INDEX assets_created ON assets(created_at);
CREATE INDEX assets_captured ON assets(coalesce(captured_at, created_at));
CREATE INDEX assets_size ON assets(file_size_bytes);
CREATE INDEX assets_rated ON assets(rating) WHERE rating > 0;
CREATE INDEX assets_duration ON assets(duration_seconds) WHERE duration_seconds IS NOT NULL;
CREATE INDEX assets_expires ON assets(expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX assets_label ON assets(color_label) WHERE color_label IS NOT NULL;
CREATE INDEX assets_status ON assets(status) WHERE status <> 'available';
CREATE INDEX assets_visibility ON assets(visibility) WHERE visibility <> 'private';
CREATE INDEX assets_version ON assets(version_number) WHERE version_number > 1;
CREATE INDEX assets_titled ON assets(imported_at) WHERE custom_title IS NOT NULL;
CREATE INDEX assets_noted ON assets(imported_at) WHERE description IS NOT NULL;
CREATE INDEX assets_placed ON assets(imported_at) WHERE gps IS NOT NULL;
CREATE INDEX assets_with_sidecars ON assets(imported_at) WHERE sidecars IS NOT NULL;
`
