import type { AssetVector } from '../../../shared/contract/requests/assetRequests.ts'
import type { Asset, AssetCard, AssetSelection, Sidecar, SyncState } from '../../../shared/domain/asset.ts'
import type { RawPayload } from '../../../shared/domain/generation.ts'
import type { AssetId, CollectionId, RowId, Sha256 } from '../../../shared/domain/ids.ts'
import type { LibraryQuery } from '../../../shared/domain/query.ts'
import type { ImportedFile, MediaRecord, RegisterOutcome, SelectedAsset, StoredAsset } from './assetRecords.ts'
import { type AssetRow, cardColumns, storedColumns, toAsset, toCard, toStored } from './assetRows.ts'
import { type Db, withoutWaiting } from './database.ts'
import { unpack } from './generationPayload.ts'
import { recordMedia, registerFiles } from './importedFiles.ts'
import { attachSidecars } from './importedSidecars.ts'
import type { Mutations } from './mutations.ts'
import { compileQuery } from './query/compileQuery.ts'

export interface AssetsRepository {
  /** Checks the hash and writes all rows, their activity entry, journal entries and media jobs in one transaction. */
  register(files: readonly ImportedFile[]): readonly RegisterOutcome[]
  /** Writes what the decoders found; status becomes `available`, or what the record says. One transaction. */
  recordMedia(records: readonly MediaRecord[]): void
  /** Adds sidecars that the asset does not have yet, and has its file read again if there were such. */
  attachSidecars(id: AssetId, sidecars: readonly Sidecar[]): void
  /** One of the assets with these bytes: the oldest outside of Trash, if there is one. */
  findBySha256(sha256: Sha256): StoredAsset | undefined
  /** An asset whose file below `originals/` has these bytes, so that another may share it; also one in Trash. */
  findStored(sha256: Sha256): StoredAsset | undefined
  /** The asset that these bytes became when they lay at this very path with this modification time (ms). */
  findTaken(sha256: Sha256, sourcePath: string, createdAt: number): StoredAsset | undefined
  /** How many assets have these bytes, also in Trash. */
  countBySha256(sha256: Sha256): number
  /** Every asset whose original is this one file, also those in Trash: it may go only when there is none. */
  findByStoragePath(storagePath: string): readonly StoredAsset[]
  findById(id: AssetId): StoredAsset | undefined
  /** Those whose id begins with `prefix` (lower-case), in the order of ids. */
  findByIdPrefix(prefix: string, limit: number): readonly StoredAsset[]
  /** By exact storage path, source path, or file name if that is unambiguous. */
  findByPath(path: string): StoredAsset | undefined
  findByRow(rowId: RowId): StoredAsset | undefined
  query(query: LibraryQuery, now: number): AssetVector
  /** The highest row id, 0 when there are no assets: no fewer than there are. */
  highestRow(): number
  cards(rowIds: readonly RowId[]): readonly AssetCard[]
  /** Full record, without what only the file system knows; `withPayloads`: with the raw generation payloads. */
  get(id: AssetId, withPayloads?: boolean): Asset | undefined
  /** Those assets of a selection that exist, by row. */
  selected(selection: AssetSelection): readonly SelectedAsset[]
  /** How many of a selection of some thousand exist, and how many of these are favourites. */
  countFavorites(selection: AssetSelection): { readonly assets: number; readonly favorites: number }
  /** Rows of a selection that exist, ascending. */
  resolve(selection: AssetSelection): Int32Array
  /** Storage paths of all assets and their sidecars, for the sweep after an unclean end. */
  storagePaths(): Iterable<string>
  setSyncState(
    changes: readonly { readonly id: AssetId; readonly state: SyncState; readonly reason: string | null }[],
    /** Jobs of the queue that are done with it. */
    done?: readonly number[],
  ): void
  /** Whether its original is known to be only in the bucket. */
  isElsewhere(id: AssetId): boolean
  /** Tells whoever looks at these rows that something of theirs outside of the catalogue is there now. */
  touch(rowIds: readonly RowId[]): void
  /** The cache of this device has lost its thumbnail: it has none from now on, and gets a new one. */
  redraw(id: AssetId): void
}

/** Reads of assets, and the writes that the import pipeline makes. */
export function assetsRepository(
  db: Db,
  mutations: Mutations,
  owner: string,
  unsorted: CollectionId,
  now: () => number,
): AssetsRepository {
  const undrawn = db.prepare(
    'UPDATE assets SET thumbnail_path = NULL WHERE id = ? AND thumbnail_path IS NOT NULL RETURNING row_id',
  )
  const elsewhere = db.prepare("SELECT 1 FROM assets WHERE id = ? AND sync_state IN ('cloud-only', 'downloading')")
  const enqueue = db.prepare(
    `INSERT INTO queue(kind, key, payload, priority, run_at) VALUES ('media', ?, 'null', 0, 0)
     ON CONFLICT(kind, key) DO UPDATE SET run_at = 0 WHERE leased = 0`,
  )
  const byId = db.prepare(`SELECT ${storedColumns} FROM assets WHERE id = ?`)
  // `g` follows every hexadecimal digit, so the range holds what begins with the prefix and uses the index.
  const byPrefix = db.prepare(`SELECT ${storedColumns} FROM assets WHERE id >= ? AND id < ? || 'g' ORDER BY id LIMIT ?`)
  const byRow = db.prepare(`SELECT ${storedColumns} FROM assets WHERE row_id = ?`)
  // An asset in Trash is found only if no other has these bytes.
  const byHash = db.prepare(
    `SELECT ${storedColumns} FROM assets WHERE sha256 = ? ORDER BY deleted_at IS NOT NULL, row_id LIMIT 1`,
  )
  const stored = db.prepare(
    `SELECT ${storedColumns} FROM assets WHERE sha256 = ? AND storage_path LIKE 'originals/%' ORDER BY row_id LIMIT 1`,
  )
  const countByHash = db.prepare('SELECT count(*) FROM assets WHERE sha256 = ?').pluck()
  const taken = db.prepare(
    `SELECT ${storedColumns} FROM assets WHERE sha256 = ? AND source_path = ? AND created_at = ? ORDER BY row_id DESC LIMIT 1`,
  )
  const byStorage = db.prepare(`SELECT ${storedColumns} FROM assets WHERE storage_path = ? ORDER BY row_id`)
  const bySource = db.prepare(`SELECT ${storedColumns} FROM assets WHERE source_path = ? ORDER BY row_id DESC LIMIT 2`)
  const byName = db.prepare(`SELECT ${storedColumns} FROM assets WHERE file_name = ? LIMIT 2`)
  const highest = db.prepare('SELECT coalesce(max(row_id), 0) FROM assets').pluck()
  const full = db.prepare('SELECT * FROM assets WHERE id = ?')
  const card = db.prepare(`SELECT ${cardColumns} FROM assets WHERE row_id = ?`)
  const collectionsOf = db.prepare(
    `SELECT c.id, c.name FROM collection_assets x JOIN collections c ON c.id = x.collection_id
     WHERE x.asset_row = ? AND c.deleted_at IS NULL ORDER BY x.added_at, c.id`,
  )
  const tagsOf = db
    .prepare(
      `SELECT t.name FROM asset_tags x JOIN tags t ON t.id = x.tag_id
       WHERE x.asset_row = ? AND t.deleted_at IS NULL ORDER BY x.added_at, t.name`,
    )
    .pluck()
  const tagNames = (row: number) => tagsOf.all(row) as string[]
  const payloadOf = db.prepare('SELECT payload FROM generation_payloads WHERE asset_row = ?').pluck()
  const selectedBy = (column: 'id' | 'row_id') =>
    db.prepare(
      `SELECT DISTINCT a.row_id AS rowId, a.id, a.space, a.deleted_at AS deletedAt, a.file_size_bytes AS bytes
       FROM json_each(?) j CROSS JOIN assets a ON a.${column} = j.value ORDER BY a.row_id`,
    )
  const favoritesBy = (column: 'id' | 'row_id') =>
    db.prepare(
      `SELECT count(*) AS assets, total(is_favorite) AS favorites FROM assets WHERE ${column} IN (SELECT value FROM json_each(?))`,
    )
  const favoritesById = favoritesBy('id')
  const favoritesByRow = favoritesBy('row_id')
  const selectedById = selectedBy('id')
  const selectedByRow = selectedBy('row_id')
  const paths = db
    .prepare(
      `SELECT storage_path FROM assets UNION ALL SELECT storage_path FROM asset_versions UNION ALL
       SELECT value ->> 'path' FROM assets, json_each(assets.sidecars) WHERE assets.sidecars IS NOT NULL`,
    )
    .pluck()
  const complete = db.prepare('DELETE FROM queue WHERE id = ?')
  const saveSync = db.prepare(
    'UPDATE assets SET sync_state = ?, sync_reason = ? WHERE id = ? AND (sync_state <> ? OR sync_reason IS NOT ?) RETURNING row_id',
  )

  const payloadsOf = (rowId: AssetRow[string] | undefined): RawPayload[] => {
    const stored = payloadOf.get(rowId) as Buffer | undefined
    return stored === undefined ? [] : unpack(stored)
  }
  const selected = (selection: AssetSelection): readonly SelectedAsset[] =>
    ('ids' in selection
      ? selectedById.all(JSON.stringify(selection.ids))
      : selectedByRow.all(JSON.stringify([...selection.rowIds]))) as SelectedAsset[]
  const one = (row: unknown): StoredAsset | undefined => (row === undefined ? undefined : toStored(row as AssetRow))
  const only = (rows: unknown[]): StoredAsset | undefined => (rows.length === 1 ? one(rows[0]) : undefined)

  return {
    register: (files: readonly ImportedFile[]): readonly RegisterOutcome[] =>
      registerFiles(db, mutations, owner, files, (hash) => one(byHash.get(hash))),
    recordMedia: (records: readonly MediaRecord[]) => recordMedia(db, mutations, records, now()),
    attachSidecars(id, sidecars): void {
      const asset = one(byId.get(id))
      if (asset !== undefined) attachSidecars(db, mutations, asset, sidecars, now())
    },
    findBySha256: (sha256: Sha256) => one(byHash.get(sha256)),
    findStored: (sha256: Sha256) => one(stored.get(sha256)),
    countBySha256: (sha256: Sha256) => Number(countByHash.get(sha256)),
    findTaken: (sha256: Sha256, sourcePath: string, createdAt: number) => one(taken.get(sha256, sourcePath, createdAt)),
    findByStoragePath: (storagePath: string) => byStorage.all(storagePath).map((row) => toStored(row as AssetRow)),
    findById: (id: AssetId) => one(byId.get(id)),
    findByIdPrefix: (prefix: string, limit: number) =>
      byPrefix.all(prefix, prefix, limit).map((row) => toStored(row as AssetRow)),
    findByRow: (rowId: RowId) => one(byRow.get(rowId)),
    findByPath: (path: string) => one(byStorage.get(path)) ?? one(bySource.all(path)[0]) ?? only(byName.all(path)),
    highestRow: () => Number(highest.get()),
    query(query: LibraryQuery, at: number): AssetVector {
      const { sql, parameters } = compileQuery(query, unsorted, at)
      const rows = db
        .prepare(sql)
        .raw()
        .all(...parameters) as [number, number][]
      const rowIds = new Int32Array(rows.length)
      const aspects = new Float32Array(rows.length)
      for (let index = 0; index < rows.length; index++) {
        const row = rows[index]
        if (row === undefined) continue
        rowIds[index] = row[0]
        aspects[index] = row[1]
      }
      return { revision: mutations.revision, total: rows.length, rowIds, aspects }
    },
    cards(rowIds: readonly RowId[]): readonly AssetCard[] {
      const cards: AssetCard[] = []
      for (const rowId of rowIds) {
        const row = card.get(rowId) as AssetRow | undefined
        if (row !== undefined) cards.push(toCard(row, row.tag_count === 0 ? [] : tagNames(rowId)))
      }
      return cards
    },
    get(id: AssetId, withPayloads = false): Asset | undefined {
      const row = full.get(id) as AssetRow | undefined
      if (row === undefined) return undefined
      const collections = collectionsOf.all(row.row_id) as { id: CollectionId; name: string }[]
      return toAsset(
        row,
        collections,
        tagNames(Number(row.row_id)),
        unsorted,
        withPayloads ? payloadsOf(row.row_id) : undefined,
      )
    },
    selected,
    countFavorites(selection) {
      const count = 'ids' in selection ? favoritesById : favoritesByRow
      const chosen = 'ids' in selection ? selection.ids : [...selection.rowIds]
      return count.get(JSON.stringify(chosen)) as { assets: number; favorites: number }
    },
    resolve: (selection: AssetSelection) => Int32Array.from(selected(selection), ({ rowId }) => rowId),
    storagePaths: () => paths.iterate() as Iterable<string>,
    // The state of a transfer is found out again after a power cut; many small files would wait for the disk here.
    setSyncState(changes, done = []): void {
      withoutWaiting(db, () =>
        mutations.local(() => {
          const rowIds: number[] = []
          for (const { id, state, reason } of changes) {
            const row = saveSync.get(state, reason, id, state, reason) as { row_id: number } | undefined
            if (row !== undefined) rowIds.push(row.row_id)
          }
          for (const id of done) complete.run(id)
          return { rowIds, membership: false }
        }),
      )
    },
    isElsewhere: (id) => elsewhere.get(id) !== undefined,
    touch: (rowIds) => mutations.local(() => ({ rowIds, membership: false })),
    redraw(id): void {
      mutations.local(() => {
        const row = undrawn.get(id) as { row_id: number } | undefined
        if (row !== undefined) enqueue.run(id)
        return { rowIds: row === undefined ? [] : [row.row_id], membership: false }
      })
    },
  }
}
