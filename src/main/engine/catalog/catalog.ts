import type { ErrorCode, ErrorData } from '../../../shared/contract/errors.ts'
import type { AssetVector } from '../../../shared/contract/requests/assetRequests.ts'
import type { LibraryCounts, Stats } from '../../../shared/contract/requests/libraryRequests.ts'
import type { Activity, MutationResult } from '../../../shared/contract/requests/requestMap.ts'
import type {
  Asset,
  AssetCard,
  AssetSelection,
  AssetStatus,
  AssetType,
  Sidecar,
  Space,
  SyncState,
} from '../../../shared/domain/asset.ts'
import type { GenerationJob } from '../../../shared/domain/collection.ts'
import type { GenerationRequestId } from '../../../shared/domain/generationRequest.ts'
import type {
  AssetId,
  CollectionId,
  DeviceId,
  GenerationJobId,
  ImportId,
  LibraryId,
  RemoteId,
  RowId,
  Sha256,
} from '../../../shared/domain/ids.ts'
import type { ImportFailure, ImportReport, ImportRules, SkipCode } from '../../../shared/domain/import.ts'
import type { LibraryQuery } from '../../../shared/domain/query.ts'
import type { Remote, RemoteLocation, RemotePolicy, RemoteRole } from '../../../shared/domain/remote.ts'
import type { Usage } from '../../../shared/domain/storage.ts'
import type { MediaFacts } from '../ports.ts'
import type { CollectionsRepository } from './collections.repository.ts'
import type { GenerationRequestsRepository } from './generationRequests.repository.ts'
import type { LifecycleRepository } from './lifecycle.repository.ts'
import type { MutationSpec, MutationWriter } from './mutations.ts'
import type { SearchValuesRepository } from './searchValues.repository.ts'
import type { RowsSummary } from './selectionSummary.ts'
import type { StacksRepository } from './stacks.repository.ts'
import type { TagsRepository } from './tags.repository.ts'
import type { VerificationRepository } from './verification.repository.ts'
import type { VersionsRepository } from './versions.repository.ts'
import type { WatchedFoldersRepository } from './watchedFolders.repository.ts'

/**
 * The catalogue of one library: the only way to its database. Every method is synchronous (better-sqlite3); every
 * mutation is one transaction that writes the rows, the activity entry and the journal outbox entry, or nothing.
 */
export interface Catalog {
  readonly libraryId: LibraryId
  readonly deviceId: DeviceId
  readonly unsortedId: CollectionId
  /** Goes up with every committed mutation. */
  readonly revision: number
  readonly assets: AssetsRepository
  readonly duplicates: DuplicatesRepository
  readonly collections: CollectionsRepository
  readonly tags: TagsRepository
  /** What some thousand rows have in common. */
  summarise(rows: readonly RowId[]): RowsSummary
  readonly searchValues: SearchValuesRepository
  readonly jobs: GenerationJobsRepository
  readonly requests: GenerationRequestsRepository
  readonly stacks: StacksRepository
  readonly history: HistoryRepository
  readonly imports: ImportsRepository
  readonly queue: QueueRepository
  readonly remotes: RemotesRepository
  readonly watched: WatchedFoldersRepository
  readonly verification: VerificationRepository
  readonly versions: VersionsRepository
  readonly lifecycle: LifecycleRepository
  readonly journal: Journal
  /** The one way to change what belongs to the library: rows, activity and journal in one transaction. */
  mutate(spec: MutationSpec, write: (writer: MutationWriter) => void): MutationResult
  /** Called after each commit, outside of the transaction. */
  onChange(listener: (change: CatalogChange) => void): () => void
  counts(now: number): LibraryCounts
  stats(): Stats
  /** Takes seconds in a very large library; see `CatalogReader.usage`. */
  usage(): Usage
  /** Small settings of this library on this device, as JSON. */
  getSetting(key: string): unknown
  setSetting(key: string, value: unknown): void
  /** Marks the clean end and closes the file. */
  close(): void
}

export interface CatalogChange {
  readonly revision: number
  readonly rowIds: readonly RowId[]
  readonly membership: boolean
}

/** A file that stands in `originals/` (or is linked in place), ready to become an asset. */
export interface ImportedFile {
  readonly id: AssetId
  readonly space: Space
  readonly fileName: string
  readonly extension: string
  readonly mimeType: string
  readonly assetType: AssetType
  readonly fileSizeBytes: number
  readonly sha256: Sha256
  readonly storagePath: string
  readonly sourcePath: string | null
  readonly jobId: GenerationJobId | null
  readonly collectionId: CollectionId | null
  /** The file's own modification time, ms. */
  readonly createdAt: number
  readonly importedAt: number
  readonly expiresAt: number | null
  /** True makes an asset although its bytes are one already. */
  readonly another: boolean
  /** Files that describe it, in their place. */
  readonly sidecars?: readonly PlacedSidecar[]
  /** Read now and drawn later, rather than both at once. */
  readonly drawLater?: boolean
  readonly notice?: ImportNotice | null
  /** Links the row to its item, so that item and asset are written in one transaction. */
  readonly importItem: { readonly importId: ImportId; readonly itemId: number } | null
}

export interface PlacedSidecar extends Sidecar {
  /** Where it was found; an item of the same import with this path belongs to the asset from now on. */
  readonly sourcePath: string
}

export type RegisterOutcome =
  | { readonly kind: 'registered'; readonly id: AssetId; readonly rowId: RowId }
  /** The same bytes are an asset already (not in Trash for good). */
  | { readonly kind: 'duplicate'; readonly of: AssetId }

export interface StoredAsset {
  readonly id: AssetId
  readonly rowId: RowId
  readonly sha256: Sha256
  readonly storagePath: string
  readonly mimeType: string
  readonly assetType: AssetType
  readonly fileName: string
  readonly extension: string
  readonly fileSizeBytes: number
  readonly space: Space
  readonly status: AssetStatus
  readonly importedAt: number
  readonly deletedAt: number | null
  readonly sidecars: readonly Sidecar[]
}

/** What decides what happens to an asset of a selection. */
export interface SelectedAsset {
  readonly rowId: RowId
  readonly id: AssetId
  readonly space: Space
  /** In Trash since, ms. */
  readonly deletedAt: number | null
}

export type MediaRecord =
  | { readonly assetId: AssetId; readonly ok: true; readonly facts: MediaFacts }
  | {
      readonly assetId: AssetId
      readonly ok: false
      readonly status: 'error' | 'quarantined' | 'missing'
      readonly code: ErrorCode
      readonly message: string
      readonly facts: MediaFacts | null
    }

/** A picture with a perceptual hash. */
export interface HashedAsset {
  readonly row_id: RowId
  /** 16 hexadecimal digits. */
  readonly phash: string
  /** Width divided by height. */
  readonly aspect: number
  readonly sha256: Sha256
}

/** The columns that tell which of several alike assets is the better one. Times in ms. */
export interface ComparedAsset {
  readonly row_id: RowId
  readonly id: AssetId
  readonly sha256: Sha256
  readonly space: Space
  readonly storage_path: string
  readonly mime_type: string
  readonly file_size_bytes: number
  readonly width: number | null
  readonly height: number | null
  readonly rating: number
  readonly is_favorite: 0 | 1
  readonly generator: string | null
  readonly membership_count: number
  readonly tag_count: number
  readonly imported_at: number
  readonly error_code: string | null
}

export interface DuplicatesRepository {
  /** Up to `limit` pictures after a row (null: from the first), by row. What is in Trash is left out, here and below. */
  hashed(after: RowId | null, limit: number): readonly HashedAsset[]
  /** Rows of each content that more than one asset has. */
  sameBytes(): readonly (readonly RowId[])[]
  /** Those of the rows that exist, in the order asked for. */
  compared(rowIds: readonly RowId[]): readonly ComparedAsset[]
  /** Keys of groups that a person has said are no duplicates. */
  dismissed(): readonly string[]
  setDismissed(key: string, dismissed: boolean, now: number): void
}

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
  /** Rows of a selection that exist, ascending. */
  resolve(selection: AssetSelection): Int32Array
  /** Storage paths of all assets and their sidecars, for the sweep after an unclean end. */
  storagePaths(): Iterable<string>
  setSyncState(
    changes: readonly { readonly id: AssetId; readonly state: SyncState; readonly reason: string | null }[],
  ): void
}

export interface RunningJob extends Pick<GenerationJob, 'id' | 'folder' | 'counts'> {}
export interface GenerationJobsRepository {
  /** The one that changed last first, after `before` if that is given. Without a page, a thousand. */
  list(page?: {
    readonly limit: number
    readonly before?: Pick<GenerationJob, 'id' | 'updated_at'> | undefined
  }): readonly GenerationJob[]
  /** The runs of a request, the oldest first. */
  ofRequest(id: GenerationRequestId): readonly GenerationJob[]
  get(id: GenerationJobId): GenerationJob | undefined
  running(): readonly RunningJob[]
  /**
   * The job of a drop subfolder, made if there is none; it runs from now on. A new one whose name ends in the id of a
   * request is a run of that.
   */
  ensure(folder: string, now: number): GenerationJobId
  /** Writes down that it is complete, or failed with the reason if nothing of it could be taken in. */
  finish(job: RunningJob, now: number): void
}

export interface HistoryRepository {
  list(limit: number): readonly Activity[]
  forAsset(id: AssetId, limit: number): readonly Activity[]
  undo(now: number): MutationResult
  redo(now: number): MutationResult
  /** As `undo` and `redo`, but stops after each transaction of a very large one, so that other work gets its turn. */
  undoSteps(now: number): Generator<void, MutationResult>
  redoSteps(now: number): Generator<void, MutationResult>
}

export type ImportSource = 'drop-folder' | 'watched-folder' | 'window' | 'command-line' | 'recovery'
export type ImportState = 'counting' | 'running' | 'cancelling' | 'done' | 'cancelled' | 'failed'

/** A durable import: written before the first byte is copied, so that a killed engine can go on where it was. */
export interface ImportRow {
  readonly id: ImportId
  readonly source: ImportSource
  readonly state: ImportState
  readonly options: ImportRules
  readonly paths: readonly string[]
  readonly startedAt: number
  readonly finishedAt: number | null
  readonly counts: ImportCounts
}
export interface ImportCounts {
  readonly found: number
  readonly bytesFound: number
  readonly imported: number
  readonly duplicates: number
  readonly skipped: number
  readonly sidecars: number
  readonly failed: number
  readonly pending: number
  readonly processing: number
}
export interface NewImportItem {
  readonly path: string
  readonly bytes: number
  /** Name of the job (first subfolder of the drop folder), null when there is none. */
  readonly job: string | null
  readonly skip: SkipCode | null
  /** Absolute paths of its sidecars; null when they are to be looked for beside it. */
  readonly sidecars: readonly string[] | null
  /** Absolute paths of the files of this import that it describes, going by the names; null for an ordinary file. */
  readonly sidecarOf: readonly string[] | null
  /** The asset that it describes, when that is known already. */
  readonly assetId: AssetId | null
}
export interface ImportItem {
  readonly itemId: number
  readonly path: string
  readonly bytes: number
  readonly job: string | null
  readonly sidecars: readonly string[] | null
  readonly sidecarOf: readonly string[] | null
  /** Of a sidecar: the asset that has it, or is to have it. */
  readonly assetId: AssetId | null
}
export interface ImportedItem {
  readonly path: string
  readonly state: 'pending' | 'imported' | 'duplicate' | 'skipped' | 'failed'
  readonly assetId: AssetId | null
}
/** What a person should know of a file that was taken in. */
export interface ImportNotice {
  readonly code: ErrorCode
  readonly message: string
}
export type ItemResult =
  | { readonly kind: 'duplicate'; readonly of: AssetId }
  | { readonly kind: 'skipped'; readonly code: Exclude<SkipCode, 'sidecar'> }
  | { readonly kind: 'sidecar'; readonly of: AssetId | null }
  | {
      readonly kind: 'failed'
      readonly code: ErrorCode
      readonly message: string
      /** For programs; JSON. */
      readonly details?: ErrorData['details']
    }

export interface ImportsRepository {
  create(row: {
    readonly id: ImportId
    readonly source: ImportSource
    readonly options: ImportRules
    readonly paths: readonly string[]
    readonly startedAt: number
  }): void
  /** Adds items; one that is already in this import is ignored. */
  addItems(id: ImportId, items: readonly NewImportItem[]): void
  setState(id: ImportId, state: ImportState, finishedAt: number | null): void
  get(id: ImportId): ImportRow | undefined
  /** Running ones first, then finished ones that were not dismissed, newest first. */
  list(): readonly ImportRow[]
  unfinished(): readonly ImportRow[]
  /** Sidecars come last. */
  pending(id: ImportId, limit: number): readonly ImportItem[]
  /** What has become of these paths in an import; one that is no item of it is left out. */
  itemsAt(id: ImportId, paths: readonly string[]): readonly ImportedItem[]
  /** The asset that the file at this path became when it was last taken in by any import. */
  takenAs(path: string): AssetId | undefined
  /** Paths below `start` (the beginning of a path) that were taken in by any import, with their assets; latest first. */
  takenBelow(start: string, limit: number): readonly { readonly path: string; readonly assetId: AssetId }[]
  /** Items of imported files are settled by `assets.register`. */
  settle(id: ImportId, results: readonly { readonly itemId: number; readonly result: ItemResult }[]): void
  /** Pending items become skipped (`cancelled`). */
  cancelPending(id: ImportId): void
  /** Failed items become pending; returns how many. */
  retryFailed(id: ImportId): number
  failures(id: ImportId, limit: number): readonly ImportFailure[]
  report(id: ImportId): ImportReport
  dismiss(id: ImportId): void
}

/** Durable background work. Single consumer (the engine), so a lease ends with the process that held it. */
export interface QueueRepository {
  /** A job with the same kind and key is replaced if it is not leased. */
  enqueue(jobs: readonly NewQueueJob[]): void
  /** Called after jobs of this kind were enqueued, so that whoever works on them need not look all the time. */
  onEnqueued(kind: QueueKind, listener: () => void): () => void
  /** Leases up to `limit` due jobs: highest priority first, then oldest. */
  claim(kind: QueueKind, limit: number, now: number): readonly QueueJob[]
  complete(ids: readonly number[]): void
  /** Gives leased jobs back with another payload and priority: the next stage of the same work. */
  goOn(ids: readonly number[], payload: unknown, priority: number): void
  /** Sets the priority of jobs that nobody works on yet. */
  prefer(kind: QueueKind, keys: readonly string[], priority: number): void
  /** Gives the job back; `runAt` null parks it until `retry`. */
  fail(id: number, error: { readonly code: string; readonly message: string }, runAt: number | null): void
  saveState(id: number, state: unknown): void
  retry(kind: QueueKind, keyPrefix: string, now: number): number
  remove(kind: QueueKind, keyPrefix: string): void
  counts(kind: QueueKind): { readonly waiting: number; readonly leased: number; readonly parked: number }
  /** When the next unleased job is due, null when there is none. */
  nextRunAt(kind: QueueKind): number | null
  parked(kind: QueueKind): readonly QueueJob[]
  /** Makes jobs due at once, for a server that is back. */
  wake(kind: QueueKind, now: number): void
}
/** `poster`: a film of which a window is to draw a frame. */
export type QueueKind = 'media' | 'upload' | 'poster'
export interface NewQueueJob {
  readonly kind: QueueKind
  readonly key: string
  readonly payload: unknown
  /** Higher runs first. */
  readonly priority: number
  readonly runAt: number
}
export interface QueueJob {
  readonly id: number
  readonly key: string
  readonly payload: unknown
  readonly state: unknown
  readonly attempts: number
  readonly error: { readonly code: string; readonly message: string } | null
}

export interface RemoteRow extends Omit<Remote, 'has_credentials'> {}
export interface RemoteObject {
  readonly remoteId: RemoteId
  readonly key: string
  readonly kind: 'original' | 'thumbnail'
  readonly assetId: AssetId
  readonly sha256: Sha256
  readonly size: number
  readonly etag: string | null
  readonly verified: string
  readonly verifiedAt: number
}
export interface RemotesRepository {
  list(): readonly RemoteRow[]
  add(row: {
    readonly id: RemoteId
    readonly name: string
    readonly role: RemoteRole
    readonly location: RemoteLocation
    readonly createdAt: number
  }): void
  remove(id: RemoteId): void
  setPolicy(id: RemoteId, policy: RemotePolicy): void
  /** Without limits for a remote that is gone. */
  policyOf(id: RemoteId): RemotePolicy
  /** What is confirmed to be there, bytes. */
  usedBytes(id: RemoteId): number
  /** Assets that a policy kept from being uploaded, after a row. */
  blocked(afterRow: number, limit: number): readonly StoredAsset[]
  /** Writes down what an asset that is gone for good had been uploaded as meanwhile, so that it goes from there too. */
  removeLater(remoteId: RemoteId, assetId: AssetId, now: number): void
  /** What the bucket is known to hold, confirmed. */
  object(remoteId: RemoteId, assetId: AssetId, kind: RemoteObject['kind']): RemoteObject | undefined
  recordObject(object: RemoteObject): void
  /** Library assets, not deleted, with a readable original, whose original is not confirmed on the remote. Ascending. */
  unsynced(remoteId: RemoteId, afterRow: number, limit: number): readonly StoredAsset[]
  /** Assets by sync state, only those of the library space that are not deleted. */
  syncCounts(): Readonly<Partial<Record<SyncState, { readonly assets: number; readonly bytes: number }>>>
}

/** The append-only record of every change: what sync sends and what a rebuild replays. */
export interface Journal {
  /** Operations that are committed but not yet in a segment file. */
  readonly unsealed: number
  /** Writes committed operations into segment files below `journal/<device>/`, durably. */
  seal(): void
  /** Writes one segment; returns false when nothing waits. For a backlog whose sealing must not keep the engine busy. */
  sealOne(): boolean
}
