/** What workspace buckets hold counts for their quotas like what was uploaded: as listed last, without what is gone. */
export const workspaceTotals = `
INSERT INTO remote_totals(remote_id, objects, bytes)
SELECT remote_id, count(*), sum(size) FROM workspace_objects WHERE state <> 'gone' AND missing_since IS NULL GROUP BY remote_id
ON CONFLICT DO UPDATE SET objects = objects + excluded.objects, bytes = bytes + excluded.bytes;
CREATE TRIGGER workspace_totals_added AFTER INSERT ON workspace_objects WHEN new.state <> 'gone' AND new.missing_since IS NULL BEGIN
  INSERT INTO remote_totals VALUES (new.remote_id, 1, new.size)
  ON CONFLICT DO UPDATE SET objects = objects + 1, bytes = bytes + excluded.bytes;
END;
CREATE TRIGGER workspace_totals_changed AFTER UPDATE OF size, state, missing_since ON workspace_objects BEGIN
  UPDATE remote_totals SET
    objects = objects - (old.state <> 'gone' AND old.missing_since IS NULL) + (new.state <> 'gone' AND new.missing_since IS NULL),
    bytes = bytes - iif(old.state <> 'gone' AND old.missing_since IS NULL, old.size, 0)
      + iif(new.state <> 'gone' AND new.missing_since IS NULL, new.size, 0)
  WHERE remote_id = new.remote_id;
END;
CREATE TRIGGER workspace_totals_removed AFTER DELETE ON workspace_objects WHEN old.state <> 'gone' AND old.missing_since IS NULL BEGIN
  UPDATE remote_totals SET objects = objects - 1, bytes = bytes - old.size WHERE remote_id = old.remote_id;
END;
`
