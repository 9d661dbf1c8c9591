import type { ErrorCode, ErrorData } from '../../../shared/contract/errors.ts'
import type { AssetId, ImportId } from '../../../shared/domain/ids.ts'
import type { ImportRules, SkipCode } from '../../../shared/domain/import.ts'
import type { ListedObject } from './adoptedObjects.repository.ts'

export type ImportSource =
  | 'drop-folder'
  | 'watched-folder'
  | 'window'
  | 'command-line'
  | 'recovery'
  | 'workspace-bucket'
  | 'bucket'

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
  /** What the listing said of an object beside its key (`path`) and size. */
  readonly object?: Pick<ListedObject, 'etag' | 'modifiedAt'>
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
  readonly object: Pick<ListedObject, 'etag' | 'modifiedAt'> | null
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
  /** It became an asset, or other content of one, by another door than `assets.register`. */
  | { readonly kind: 'imported'; readonly as: AssetId }
  | { readonly kind: 'skipped'; readonly code: Exclude<SkipCode, 'sidecar'> }
  | { readonly kind: 'sidecar'; readonly of: AssetId | null }
  | {
      readonly kind: 'failed'
      readonly code: ErrorCode
      readonly message: string
      /** For programs; JSON. */
      readonly details?: ErrorData['details']
    }
