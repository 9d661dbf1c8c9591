import type { ErrorCode } from '../../../shared/contract/errors.ts'
import type { AssetStatus, AssetType, Sidecar, Space } from '../../../shared/domain/asset.ts'
import type { AssetId, CollectionId, GenerationJobId, ImportId, RowId, Sha256 } from '../../../shared/domain/ids.ts'
import type { MediaFacts } from '../ports.ts'
import type { ObjectToAdopt } from './adoptedObjects.repository.ts'
import type { ImportNotice } from './importRecords.ts'

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
  /** Where on the web it comes from. */
  readonly sourceUrl?: string
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
  /** The object that it was read from and stays in. */
  readonly object?: ObjectToAdopt
  /** An asset that had lost its original has it again. */
  readonly restored?: boolean
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
  /** Where another program put its bytes, as `adoptedKey.ts` has it; null for what this library sent itself. */
  readonly objectKey: string | null
}

/** What decides what happens to an asset of a selection. */
export interface SelectedAsset {
  readonly rowId: RowId
  readonly id: AssetId
  readonly space: Space
  /** In Trash since, ms. */
  readonly deletedAt: number | null
  readonly bytes: number
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
