/** What programs may want to know of an item beside its message, such as where an infected file was put; JSON. */
export const importDetails = 'ALTER TABLE import_items ADD COLUMN details TEXT;'
