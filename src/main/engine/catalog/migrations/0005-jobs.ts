/** Finds the files of a generation job, and what became of each when it was last tried. */
export const jobs = `
DROP INDEX import_items_job;
CREATE INDEX import_items_job ON import_items(job, path, item_id) WHERE job IS NOT NULL;
`
