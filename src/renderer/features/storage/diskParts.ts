import type { StorageUsage } from '../../../shared/domain/storage.ts'

export type DiskPart = 'originals' | 'trash' | 'cache' | 'catalog' | 'journal'

/** What the library takes on its disk by part, bytes, and what else is there. */
export interface DiskParts {
  readonly parts: readonly { readonly part: DiskPart; readonly bytes: number; readonly estimated: boolean }[]
  /** All parts together. */
  readonly vitrine: number
  /** Shares of the whole disk, 0 to 1; null where the system does not say how large it is. */
  readonly shares: { readonly vitrine: number; readonly other: number; readonly free: number } | null
}

/** Files that are linked in place count as well, wherever they are, so the parts may be more than the disk has: shares never exceed it. */
export function diskParts({ total, trash, disk }: Pick<StorageUsage, 'total' | 'trash' | 'disk'>): DiskParts {
  const parts = [
    { part: 'originals', bytes: Math.max(0, total.bytes - disk.elsewhere), estimated: false },
    { part: 'trash', bytes: trash.bytes, estimated: false },
    { part: 'cache', bytes: disk.cache.bytes, estimated: disk.cache.estimated },
    { part: 'catalog', bytes: disk.catalog, estimated: false },
    { part: 'journal', bytes: disk.journal, estimated: false },
  ] as const
  const vitrine = parts.reduce((sum, { bytes }) => sum + bytes, 0)
  const { size, free } = disk
  if (size === null || free === null || size <= 0) return { parts, vitrine, shares: null }
  const freeShare = Math.min(1, free / size)
  const own = Math.min(1 - freeShare, vitrine / size)
  return { parts, vitrine, shares: { vitrine: own, other: Math.max(0, 1 - freeShare - own), free: freeShare } }
}
