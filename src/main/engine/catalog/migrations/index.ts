import { initial } from './0001-initial.ts'
import { originAndLikeness } from './0002-origin-and-likeness.ts'
import { sidecars } from './0003-sidecars.ts'
import { watchedFolders } from './0004-watched-folders.ts'
import { jobs } from './0005-jobs.ts'
import { importDetails } from './0006-import-details.ts'
import { organise } from './0007-organise.ts'
import { lifecycle } from './0008-lifecycle.ts'
import { counts } from './0009-counts.ts'
import { changeSets } from './0010-change-sets.ts'
import { reading } from './0011-reading.ts'
import { versions } from './0012-versions.ts'
import { search } from './0013-search.ts'
import { requests } from './0014-requests.ts'
import { merge } from './0015-merge.ts'
import { transfers } from './0016-transfers.ts'
import { syncTotals } from './0017-sync-totals.ts'
import { publication } from './0018-publication.ts'
import { purgedRows } from './0019-purged-rows.ts'
import { likenessHash } from './0020-likeness-hash.ts'
import { linkPlaces } from './0021-link-places.ts'
import { workspaceObjects } from './0022-workspace-objects.ts'
import { cloudCare } from './0023-cloud-care.ts'
import { checkpoints } from './0024-checkpoints.ts'
import { toldElsewhere } from './0025-told-elsewhere.ts'
import { removalRounds } from './0026-removal-rounds.ts'
import { workspaceTotals } from './0027-workspace-totals.ts'
import { adoptedObjects } from './0028-adopted-objects.ts'
import { referenceCopies } from './0029-reference-copies.ts'
import { shareSizes } from './0030-share-sizes.ts'
import { purgedOrigins } from './0031-purged-origins.ts'

/** In order; the position plus one is the schema version that a migration leads to. Never edit one that has shipped. */
export const migrations: readonly string[] = [
  initial,
  originAndLikeness,
  sidecars,
  watchedFolders,
  jobs,
  importDetails,
  organise,
  lifecycle,
  counts,
  changeSets,
  reading,
  versions,
  search,
  requests,
  merge,
  transfers,
  syncTotals,
  publication,
  purgedRows,
  likenessHash,
  linkPlaces,
  workspaceObjects,
  cloudCare,
  checkpoints,
  toldElsewhere,
  removalRounds,
  workspaceTotals,
  adoptedObjects,
  referenceCopies,
  shareSizes,
  purgedOrigins,
]
