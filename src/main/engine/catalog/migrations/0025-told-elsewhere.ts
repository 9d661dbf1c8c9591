/**
 * Assets that were made on this device and that another device has told of, too: two copies of one folder had them both.
 * They are not held back any more.
 */
export const toldElsewhere = 'CREATE TABLE told_elsewhere (asset_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;'
