import type { z } from 'zod'
import type { LibraryInfo } from '../../../shared/contract/requests/libraryRequests.ts'
import type { MutationResult, RequestMap } from '../../../shared/contract/requests/requestMap.ts'
import type { AssetSelection } from '../../../shared/domain/asset.ts'
import type { AssetId } from '../../../shared/domain/ids.ts'
import type { ImportSettings, ImportSettingsChange } from '../../../shared/domain/importSettings.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { CatalogReader } from '../catalog/reader/catalogReader.ts'
import type { Drawings } from '../library/drawings.ts'
import type { DuplicateFinder } from '../library/duplicates/findDuplicates.ts'
import type { Importer } from '../library/import/importer.ts'
import type { LibraryFolder } from '../library/libraryFolder.ts'
import type { Lifecycle } from '../library/lifecycle.ts'
import type { Scrubber } from '../library/verify/scrubber.ts'
import type { Verifier } from '../library/verify/verifier.ts'
import type { WatchedFolders } from '../library/watched/watchFolders.ts'
import type { PictureRenderer } from '../ports.ts'
import type { Sync } from '../sync/sync.ts'

/** The parts of an open engine that requests are answered with. */
export interface EngineParts {
  readonly catalog: Catalog
  /** Whatever takes long to read. */
  readonly reader: CatalogReader
  readonly folder: LibraryFolder
  /** Makes other files of pictures. */
  readonly renderer: PictureRenderer
  readonly importer: Importer
  readonly verifier: Verifier
  readonly scrubber: Scrubber
  readonly duplicates: DuplicateFinder
  readonly drawings: Drawings
  readonly sync: Sync
  readonly watchedFolders: WatchedFolders
  readonly lifecycle: Lifecycle
  info(): LibraryInfo
  now(): number
  /** Makes thumbnails and facts again. */
  retryMedia(selection: AssetSelection): MutationResult
  /** Makes what is still to be made of these assets before all else. */
  preferMedia(ids: readonly AssetId[]): void
  /** What holds for every import unless it says otherwise. */
  readonly importSettings: {
    read(): ImportSettings
    /** What the scanner at an address says it is. Rejects with `scanner_unreachable`. */
    testScanner(address: string): Promise<string>
    /** Throws `invalid_request`. */
    change(change: ImportSettingsChange): ImportSettings
  }
  /** Begins to make the thumbnails that are due, unless that is under way. */
  startMedia(): void
  /** Resolves when every file that is in the drop folder now has been dealt with. */
  whenDrained(): Promise<void>
}

type Result<T> = T | Promise<T> | (T extends undefined ? void | Promise<void> : never)

/** One function for each request of a map; its input has been parsed. */
export type Handlers<M extends RequestMap> = {
  readonly [N in keyof M]: (input: z.output<M[N]['input']>) => Result<z.output<M[N]['output']>>
}
