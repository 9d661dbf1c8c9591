import type { Space } from '../../../../shared/domain/asset.ts'

export interface DepartureFacts {
  /** What has become of the asset that the object was taken as; null when it is gone for good. */
  readonly asset: { readonly space: Space; readonly deletedAt: number | null } | null
  /** Whether its original is on this computer. */
  readonly isHere: boolean
  /** Whether the library's own bucket has confirmed its original. */
  readonly isConfirmed: boolean
  /** Whether there is such a bucket. */
  readonly hasLibraryRemote: boolean
}

/**
 * Whether an object may be removed from a workspace bucket: what is undecided stays, and so does whatever could not be had
 * back from elsewhere. A kept original must be confirmed in the library's bucket, or be here if there is none; a discarded one
 * must be here, where Trash keeps it for whoever wants it back. Pure.
 */
export function mayLeave({ asset, isHere, isConfirmed, hasLibraryRemote }: DepartureFacts): boolean {
  if (asset === null) return true
  if (asset.deletedAt !== null) return isHere || (asset.space === 'library' && isConfirmed)
  if (asset.space === 'workspace') return false
  return hasLibraryRemote ? isConfirmed : isHere
}
