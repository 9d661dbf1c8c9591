/**
 * What counts jobs, outputs and variations without reading rows of assets or of imports: indexes that hold all that is
 * asked for. Links of an asset are found in the history by the asset, whose id ends theirs after the 36 characters of the
 * other end and a slash.
 */
export const requests = `
DROP INDEX assets_job;
CREATE INDEX assets_job ON assets(job_id, imported_at, status, space, deleted_at, request_id) WHERE job_id IS NOT NULL;
DROP INDEX assets_prompt_key;
CREATE INDEX assets_prompt_key ON assets(prompt_key, generation_seed, deleted_at, imported_at) WHERE prompt_key IS NOT NULL;
CREATE INDEX import_items_job_open ON import_items(job, state) WHERE job IS NOT NULL AND state IN ('pending', 'failed');
CREATE INDEX generation_jobs_changed ON generation_jobs(updated_at, id);
CREATE INDEX generation_jobs_running ON generation_jobs(id) WHERE status = 'running';
CREATE INDEX activity_changes_link ON activity_changes(substr(entity_id, 38))
  WHERE entity IN ('membership', 'assetTag', 'requestReference');
`
