import type { AssetId, ImportId, RemoteId } from '../../../../shared/domain/ids.ts'
import type { ImportFailure, ImportOptions, ImportReport, ImportSummary } from '../../../../shared/domain/import.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { ImportSource, NewImportItem } from '../../catalog/importRecords.ts'
import type { ArrivedFile, Clock, ForeignObjects, Scanner, WatchedFile } from '../../ports.ts'
import type { LibraryFolder } from '../libraryFolder.ts'
import type { ImportPreview } from './previewImport.ts'
import type { StoredFile } from './storeFile.ts'
import type { TakenIn } from './takeIn.ts'

export interface ImporterOptions {
  readonly catalog: Catalog
  readonly clock: Clock
  readonly folder: LibraryFolder
  /** The watched folder, if it is not the library's own. */
  readonly dropFolder?: string
  /** A scanner at an address of the settings; used while scanning is on. */
  readonly openScanner: (address: string) => Scanner
  /** All imports a person can see, at most ten times a second. */
  readonly onChange: (imports: readonly ImportSummary[]) => void
  /** What went wrong that is nobody's file: for the log. */
  readonly onDefect?: (error: unknown) => void
  /** How many files are read at once; two a core unless said otherwise. */
  readonly concurrency?: number
  /** Absolute path of `intake.thread`, source or bundle. */
  readonly intakeProgram: string
  /** Buckets whose objects are taken in where they are. */
  readonly foreign?: () => ForeignObjects
}

export interface Importer {
  /** What an import of these paths would find. */
  preview(paths: readonly string[]): Promise<ImportPreview>
  /** Writes the import down and begins it; returns at once. Throws `invalid_request` for a pattern that means nothing. */
  start(paths: readonly string[], options: ImportOptions, source: ImportSource): ImportSummary
  /** Begins an import of files that are known already. */
  startItems(items: readonly NewImportItem[], options: ImportOptions, source: ImportSource): ImportId
  /** Begins to take in what is new in a bucket, where it is. One that runs already is answered instead. */
  adopt(remote: RemoteId, options: Adoption): ImportSummary
  /** Reads, hashes and identifies one file, without taking it in. Rejects with a `VitrineError`. */
  read(path: string, signal: AbortSignal): Promise<TakenIn>
  list(): readonly ImportSummary[]
  /** This and all below throw `not_found` for an import that does not exist. */
  get(id: ImportId): ImportSummary
  failures(id: ImportId): readonly ImportFailure[]
  report(id: ImportId): ImportReport
  /** What is imported stays; what is pending is skipped. */
  cancel(id: ImportId): ImportSummary
  /** Tries the failed files again. */
  retry(id: ImportId): ImportSummary
  /** Throws `invalid_request` while the import runs. */
  dismiss(id: ImportId): void
  /** Goes on with what an earlier process had begun. */
  resumeUnfinished(): void
  /**
   * After an unclean end: removes half-made copies, and takes originals without a row into the Library, once the
   * imports that `resumeUnfinished` began have claimed theirs. Returns how many it found.
   */
  sweepUnregistered(): Promise<number>
  /** Copies a file into the library without making an asset of it. Rejects with what its import would fail with. */
  store(path: string): Promise<StoredFile>
  /** Absolute paths of originals that no asset has, and no import is about to write down. */
  unregistered(): Promise<readonly string[]>
  /** A stable file in the drop folder: taken in by the running drop import, or by a new one. */
  importDropped(file: WatchedFile): void
  /** Takes one file into the Workspace that was brought from elsewhere. Resolves with its asset, once that has a row. */
  takeIn(file: ArrivedFile): Promise<AssetId>
  /** True while a file of the drop folder waits for the one that it describes. */
  readonly holding: boolean
  /** Runs work while no import does anything with the same bytes. */
  exclusively<T>(sha256: string, work: () => Promise<T>): Promise<T>
  /** Resolves when every file is imported, a duplicate, skipped or failed, and has a row. */
  whenCopied(id: ImportId): Promise<ImportSummary>
  /** Tells what holds up all thumbnails now (a full disk), null when they are made again. */
  holdThumbnails(problem: ImportSummary['problem']): void
  /** Resolves when moreover every thumbnail is made or given up, or the import was cancelled. */
  whenSettled(id: ImportId): Promise<ImportSummary>
  /** Stops without changing what is pending: `resumeUnfinished` of the next process goes on. */
  close(): Promise<void>
}

/** What becomes of the objects of a bucket. */
export interface Adoption {
  /** A copy of each stays on this device. */
  readonly keep: boolean
  /** The folders in their keys become collections. */
  readonly organise: boolean
}
