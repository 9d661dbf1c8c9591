import type { LibraryCounts, Stats } from '../../../shared/contract/requests/libraryRequests.ts'
import type { MutationResult } from '../../../shared/contract/requests/requestMap.ts'
import type { Arrange, Arrangement } from '../../../shared/domain/arrangement.ts'
import type { CollectionId, DeviceId, LibraryId, RowId } from '../../../shared/domain/ids.ts'
import type { LibraryQuery } from '../../../shared/domain/query.ts'
import type { Usage } from '../../../shared/domain/storage.ts'
import type { AdoptedObjectsRepository } from './adoptedObjects.repository.ts'
import type { AssetNames } from './assetNames.ts'
import type { AssetsRepository } from './assets.repository.ts'
import type { BegunUploadsRepository } from './begunUploads.repository.ts'
import type { CollectionsRepository } from './collections.repository.ts'
import type { DuplicatesRepository } from './duplicates.repository.ts'
import type { GenerationJobsRepository } from './generationJobs.repository.ts'
import type { GenerationRequestsRepository } from './generationRequests.repository.ts'
import type { HistoryRepository } from './history.repository.ts'
import type { ImportsRepository } from './imports.repository.ts'
import type { Journal } from './journal/journal.ts'
import type { LifecycleRepository } from './lifecycle.repository.ts'
import type { LocalOriginalsRepository } from './localOriginals.repository.ts'
import type { MutationSpec, MutationWriter } from './mutations.ts'
import type { OnlyThereRepository } from './onlyThere.repository.ts'
import type { PublicationRepository } from './publication.repository.ts'
import type { PurgedOriginsRepository } from './purgedOrigins.repository.ts'
import type { QueueRepository } from './queue.repository.ts'
import type { ReferenceCopiesRepository } from './referenceCopies.repository.ts'
import type { RemotesRepository } from './remotes.repository.ts'
import type { RemovalsRepository } from './removals.repository.ts'
import type { SearchValuesRepository } from './searchValues.repository.ts'
import type { RowsSummary } from './selectionSummary.ts'
import type { SharesRepository } from './shares.repository.ts'
import type { StacksRepository } from './stacks.repository.ts'
import type { Conflicts, RemoteLog } from './sync/remoteLog.ts'
import type { TagsRepository } from './tags.repository.ts'
import type { VerificationRepository } from './verification.repository.ts'
import type { VersionsRepository } from './versions.repository.ts'
import type { WatchedFoldersRepository } from './watchedFolders.repository.ts'
import type { WorkspaceObjectsRepository } from './workspaceObjects.repository.ts'

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
  /** Groups and stacks of the vector of a query, which is short. */
  arrange(rowIds: Int32Array, query: LibraryQuery, wanted: Arrange): Arrangement
  readonly names: AssetNames
  readonly searchValues: SearchValuesRepository
  readonly jobs: GenerationJobsRepository
  readonly requests: GenerationRequestsRepository
  readonly stacks: StacksRepository
  readonly history: HistoryRepository
  readonly imports: ImportsRepository
  readonly queue: QueueRepository
  readonly remotes: RemotesRepository
  readonly begunUploads: BegunUploadsRepository
  readonly shares: SharesRepository
  readonly referenceCopies: ReferenceCopiesRepository
  readonly workspaceObjects: WorkspaceObjectsRepository
  readonly adopted: AdoptedObjectsRepository
  readonly watched: WatchedFoldersRepository
  readonly verification: VerificationRepository
  readonly versions: VersionsRepository
  readonly lifecycle: LifecycleRepository
  /** What this device does with its originals: uses, removals, collections that stay. */
  readonly localOriginals: LocalOriginalsRepository
  readonly journal: Journal
  readonly remoteLog: RemoteLog
  readonly conflicts: Conflicts
  /** What this device has told others. */
  readonly publication: PublicationRepository
  /** Where what is gone for good had come from. */
  readonly purgedOrigins: PurgedOriginsRepository
  /** What is only in the library's bucket. */
  readonly onlyThere: OnlyThereRepository
  /** What is to be removed from buckets. */
  readonly removals: RemovalsRepository
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
