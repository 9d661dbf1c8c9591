/**
 * What the copies of shares take counts into what their remote holds. Of those that were made before it is not known, and not
 * counted.
 */
export const shareSizes = `
ALTER TABLE shares ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
CREATE TRIGGER shares_added AFTER INSERT ON shares
WHEN new.size > 0 AND EXISTS (SELECT 1 FROM remotes WHERE id = new.remote_id) BEGIN
  INSERT INTO remote_totals VALUES (new.remote_id, 1, new.size)
  ON CONFLICT DO UPDATE SET objects = objects + 1, bytes = bytes + excluded.bytes;
END;
CREATE TRIGGER shares_ended AFTER UPDATE OF revoked_at ON shares
WHEN old.size > 0 AND old.revoked_at IS NULL AND new.revoked_at IS NOT NULL BEGIN
  UPDATE remote_totals SET objects = objects - 1, bytes = bytes - old.size WHERE remote_id = old.remote_id;
END;
`
