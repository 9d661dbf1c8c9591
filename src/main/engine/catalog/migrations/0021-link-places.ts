/**
 * The latest move of each link in an order made by hand stands in `unshown_writes`, as it outlives the link: a link that was
 * taken out may come to stand again. Of links that do not stand now nobody knows any more where they were moved to.
 */
export const linkPlaces = `
INSERT OR IGNORE INTO unshown_writes(entity, entity_id, field, value, stamp, place, outbox, found_at, listed)
SELECT s.entity, s.entity_id, 'position', printf('%!.17g', x.position), s.stamp, s.place, 0, 0, 0
FROM stamps s
  JOIN assets a ON a.id = substr(s.entity_id, 38)
  JOIN collection_assets x ON x.collection_id = substr(s.entity_id, 1, 36) AND x.asset_row = a.row_id
  LEFT JOIN stamps m ON m.entity = s.entity AND m.entity_id = s.entity_id AND m.field = 'in'
WHERE s.entity = 'membership' AND s.field = 'position' AND s.stamp > coalesce(m.stamp, '');
INSERT OR IGNORE INTO unshown_writes(entity, entity_id, field, value, stamp, place, outbox, found_at, listed)
SELECT s.entity, s.entity_id, 'position', printf('%!.17g', x.position), s.stamp, s.place, 0, 0, 0
FROM stamps s
  JOIN assets a ON a.id = substr(s.entity_id, 38)
  JOIN request_references x ON x.request_id = substr(s.entity_id, 1, 36) AND x.asset_row = a.row_id
  LEFT JOIN stamps m ON m.entity = s.entity AND m.entity_id = s.entity_id AND m.field = 'in'
WHERE s.entity = 'requestReference' AND s.field = 'position' AND s.stamp > coalesce(m.stamp, '');
`
