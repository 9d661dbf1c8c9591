import type { Sidecar } from '../../../shared/domain/asset.ts'
import type { AssetId } from '../../../shared/domain/ids.ts'
import type { ImportedFile, StoredAsset } from './assetRecords.ts'
import { type Db, statementCache } from './database.ts'
import type { Mutations, MutationWriter } from './mutations.ts'
import { sidecarsCell } from './sidecarsCell.ts'

/** Replaces a job that is under way too: what it reads now does not know of the sidecars yet. */
const ENQUEUE = "INSERT OR REPLACE INTO queue(kind, key, payload, priority, run_at) VALUES ('media', ?, 'null', 0, ?)"

/** Adds sidecars to an asset that exists, and has its file read again. */
export function attachSidecars(
  db: Db,
  mutations: Mutations,
  asset: StoredAsset,
  sidecars: readonly Sidecar[],
  now: number,
): void {
  const label = (count: number): string => `Added what describes ${count} ${count === 1 ? 'file' : 'files'}`
  mutations.run({ kind: 'sidecar', label, undoable: false, now }, (writer) => {
    if (addSidecars(writer, asset, sidecars)) statementCache(db)(ENQUEUE).run(asset.id, now)
  })
}

/** Inside a mutation: adds those whose bytes the asset does not have as a sidecar yet. Returns whether there were any. */
export function addSidecars(
  writer: MutationWriter,
  asset: Pick<StoredAsset, 'id' | 'sidecars'>,
  sidecars: readonly Sidecar[],
): boolean {
  const known = new Set(asset.sidecars.map(({ sha256 }) => sha256))
  const added = sidecars.filter(({ sha256 }) => !known.has(sha256))
  if (added.length === 0) return false
  writer.set('asset', asset.id, 'sidecars', sidecarsCell([...asset.sidecars, ...added]))
  return true
}

/** Tells the items of an import that are these sidecars whose they are; they settle themselves when their turn comes. */
export function claimSidecars(db: Db, file: Pick<ImportedFile, 'sidecars' | 'importItem'>, owner: AssetId): void {
  if (file.importItem === null || file.sidecars === undefined) return
  const claim = statementCache(db)(
    "UPDATE import_items SET asset_id = ? WHERE import_id = ? AND path = ? AND state = 'pending'",
  )
  for (const { sourcePath } of file.sidecars) claim.run(owner, file.importItem.importId, sourcePath)
}
