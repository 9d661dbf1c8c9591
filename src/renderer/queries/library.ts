import { create } from 'zustand'
import type { LibraryCounts, LibraryInfo } from '../../shared/contract/requests/libraryRequests.ts'
import type { EngineState } from '../../shared/contract/requests/shellRequests.ts'
import type { CareStatus } from '../../shared/domain/cloudCare.ts'
import type { Collection, GenerationJob } from '../../shared/domain/collection.ts'
import type { ImportSummary } from '../../shared/domain/import.ts'
import type { LifecycleStatus } from '../../shared/domain/lifecycle.ts'
import type { LongChange } from '../../shared/domain/longChange.ts'
import type { SyncStatus } from '../../shared/domain/remote.ts'
import type { Quotas } from '../../shared/domain/storage.ts'
import type { Tag } from '../../shared/domain/tag.ts'

/**
 * What the engine last said about the library as a whole. Only `live.ts` writes here; everything else reads. Values
 * stay while the engine restarts, so that nothing flickers.
 */
export interface LibraryState {
  readonly engine: EngineState
  readonly info: LibraryInfo | null
  readonly counts: LibraryCounts | null
  /** In use; those in the archive are apart. */
  readonly collections: readonly Collection[]
  readonly archived: readonly Collection[]
  readonly tags: readonly Tag[]
  readonly jobs: readonly GenerationJob[]
  readonly imports: readonly ImportSummary[]
  /** Changes of very many assets that are under way. */
  readonly longChanges: readonly LongChange[]
  readonly sync: SyncStatus | null
  /** Expiry and Trash. */
  readonly lifecycle: LifecycleStatus | null
  readonly quotas: Quotas | null
  /** How originals are kept on this computer. */
  readonly care: CareStatus | null
}

/** What is known about the content of a library before the engine has told of it. */
export const nothingKnown = {
  counts: null,
  collections: [],
  archived: [],
  tags: [],
  jobs: [],
  imports: [],
  longChanges: [],
  sync: null,
  lifecycle: null,
  quotas: null,
  care: null,
} satisfies Partial<LibraryState>

export const useLibrary = create<LibraryState>()(() => ({
  engine: { state: 'starting' },
  info: null,
  ...nothingKnown,
}))

/** How long a new Workspace asset stays, days; null: until somebody keeps or discards it. */
export function expiryDays({ lifecycle, info }: Pick<LibraryState, 'lifecycle' | 'info'>): number | null {
  return lifecycle === null ? (info?.expiryDays ?? null) : lifecycle.policy.expiryDays
}
