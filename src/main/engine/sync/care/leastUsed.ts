import type { AssetId, RowId } from '../../../../shared/domain/ids.ts'
import type { HeldOriginal } from '../../catalog/localOriginals.repository.ts'

/** What the originals here add up to, and which of them may be tried for removal, those read longest ago first. */
export interface LeastUsed {
  readonly bytes: number
  readonly candidates: readonly { readonly id: AssetId; readonly bytes: number }[]
}

/** Adds up originals that come page by page. Pure but for what it gathers. */
export function gatherLeastUsed(isPinned: (row: RowId) => boolean, usedBefore: number) {
  let bytes = 0
  const candidates: HeldOriginal[] = []
  return {
    add(page: readonly HeldOriginal[]): void {
      for (const original of page) {
        bytes += original.bytes
        if (original.isSynced && original.usedAt < usedBefore && !isPinned(original.rowId)) candidates.push(original)
      }
    },
    end(): LeastUsed {
      candidates.sort((a, b) => a.usedAt - b.usedAt || a.rowId - b.rowId)
      return { bytes, candidates }
    },
  }
}
