import type { RequestOutput } from '../../../shared/contract/requests.ts'
import type { AssetSelection } from '../../../shared/domain/asset.ts'
import type { AssetId, DeviceId, RemoteId, RowId, Sha256 } from '../../../shared/domain/ids.ts'
import type { Credentials, SyncStatus } from '../../../shared/domain/remote.ts'
import type { Transfer, TransferConditions, TransferSettings } from '../../../shared/domain/transfer.ts'
import type { VersionId } from '../../../shared/domain/version.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { RemoteRow } from '../catalog/remotes.repository.ts'
import type { RenewalReason } from '../catalog/renewal/renewalPlan.ts'
import type { Arrivals, BringHere, Clock, ObjectStore, PictureRenderer } from '../ports.ts'
import type { Adoption, AdoptionOptions } from './adopt/createAdoption.ts'
import type { Care } from './care/createCare.ts'
import type { EvictContext } from './care/evictOriginal.ts'
import type { Dump } from './checkpoints/dumpInThread.ts'
import type { LibraryIdentity } from './libraryManifest.ts'
import type { OpenRemote } from './openRemote.ts'
import type { OtherDevices } from './otherDevices.ts'
import type { References } from './references/createReferences.ts'
import type { Remotes } from './remotes.ts'
import type { Shares } from './share/shares.ts'
import type { Tending } from './tendBucket.ts'
import type { OpenStore } from './testRemote.ts'

export interface SyncOptions {
  readonly catalog: Catalog
  readonly clock: Clock
  /** Folder of the library; storage paths are relative to its root. */
  readonly folder: { readonly root: string }
  readonly library: LibraryIdentity
  readonly openStore: OpenStore
  /** Draws copies without metadata, to be shared. */
  readonly renderer?: Pick<PictureRenderer, 'render'>
  /** Called, coalesced, when the status may have changed. */
  readonly onStatus: (status: SyncStatus) => void
  /** Keys for buckets whose own are not known, e.g. of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. */
  readonly envCredentials?: Credentials | null
  /** The library has to be opened again: this copy becomes a device of its own by that. */
  readonly onRenewal?: () => void
  /** Why this opening has made this copy of the library a new device, which a person is told; null if it has not. */
  readonly renewed?: RenewalReason | null
  /** For what no code foresaw. */
  readonly onDefect?: (error: unknown) => void
  /** Rows of collections whose originals stay on this computer. */
  readonly pinnedRows?: () => ReadonlySet<RowId>
  /** Runs work while no import places or counts on the same bytes. */
  readonly exclusively?: EvictContext['exclusively']
  /** How this computer keeps originals may be otherwise. */
  readonly onCareChanged?: () => void
  /** In [0, 1); tests bring their own. */
  readonly random?: () => number
  /** Puts what a new device begins with together, on a thread if there is one. */
  readonly dump?: Dump
  /** How often a bucket is tended. */
  readonly tending?: Tending
  /** Makes the smaller sizes of a thumbnail that was fetched. */
  readonly drawThumbnails?: (file: string, sha256: Sha256) => Promise<void>
  /** What an import leaves out by its name. */
  readonly skipCode?: AdoptionOptions['skipCode']
  /** The way into the Workspace; without it nothing comes from workspace remotes. */
  readonly arrivals?: Arrivals
}

/** Sync of one open library: what the requests `remotes.*` and `sync.*` are answered with. */
export interface Sync {
  readonly remotes: Omit<Remotes, 'libraryRemote' | 'credentialsOf' | 'eachOnlyThere' | 'close'>
  /** Begins to upload in the background. */
  start(): void
  status(): SyncStatus
  now(): void
  pause(paused: boolean): SyncStatus
  readonly transfers: SyncTransfers
  readonly shares: Omit<Shares, 'tidy'>
  /** What generators are given to look at. */
  readonly references: Pick<References, 'media' | 'tidy'>
  /** How originals are kept on this computer. */
  readonly care: Pick<Care, 'status' | 'setPinned' | 'noteUse'> & {
    /** Removes originals here that the bucket holds. Rejects when that can't be asked. */
    evict(ids: readonly AssetId[]): Promise<RequestOutput<'originals.evict'>>
    shrink(budgetBytes: number): Promise<RequestOutput<'originals.shrink'>>
    /** Settings are others. */
    changed(): void
  }
  readonly hasRemote: boolean
  /** The library's bucket while it may be used in the background. */
  readonly connection: OpenRemote | null
  /** Somebody looks at these assets: what of them still has to go is sent first. */
  prefer(ids: readonly AssetId[]): void
  /** Puts assets whose upload failed back into the queue. */
  retry(selection: AssetSelection): void
  once(): Promise<RequestOutput<'sync.once'>>
  /** Brings originals that are elsewhere here. */
  fetch(ids: readonly AssetId[]): Promise<RequestOutput<'sync.fetch'>>
  /** Brings everything here that only a remote has. */
  fetchOnlyThere(remote: RemoteId): Promise<RequestOutput<'remotes.fetchOnlyThere'>>
  /** Brings the file of an earlier version here, unless it is. */
  bringVersion(id: VersionId): Promise<'fetched' | 'here'>
  /** See `bringBack.ts`. */
  bringBack(id: AssetId): Promise<'here' | 'away' | 'unknown'>
  /** Before an original is read: fetches it if it is only in the bucket. */
  readonly bringHere: BringHere
  /** A window shows these, whose originals are elsewhere: what is lacking of their thumbnails is fetched first. */
  preferThumbnails(rows: readonly RowId[]): void
  readonly devices: OtherDevices
  /** A person agrees to what a part of a device's log removes. */
  confirmRemovals(device: DeviceId, seq: number): void
  /** How the Workspace stands with each bucket that generators write to. */
  workspaceRemotes(): RequestOutput<'workspace.remotes'>
  /** Files of other programs in the library's bucket. */
  readonly adoption: Adoption
  /** Opens the library's bucket for as long as `work` takes; null when there is none. Rejects when it can't be reached. */
  withLibraryStore<T>(work: (store: ObjectStore, remote: RemoteRow) => Promise<T>): Promise<T | null>
  /** Stops cleanly; what is under way goes on at the next start. */
  close(): Promise<void>
}

/** What the requests `transfers.*` are answered with. */
export interface SyncTransfers {
  list(): readonly Transfer[]
  cancel(id: AssetId): void
  settings(): TransferSettings
  configure(change: Partial<{ [K in keyof TransferSettings]: TransferSettings[K] | undefined }>): TransferSettings
  /** A network that is back, or a computer that has woken up, wakes what waits for it. */
  setConditions(conditions: TransferConditions): void
}
