import { VitrineError } from '../../../shared/contract/errors.ts'
import type { MutationResult } from '../../../shared/contract/requests/requestMap.ts'
import type { AssetSelection } from '../../../shared/domain/asset.ts'
import type { GenerationJobId, RowId } from '../../../shared/domain/ids.ts'
import type {
  ExpiryReport,
  LifecycleChange,
  LifecyclePolicy,
  LifecycleStatus,
  WorkspaceSession,
} from '../../../shared/domain/lifecycle.ts'
import type { View } from '../../../shared/domain/query.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Clock } from '../ports.ts'
import { createExpiry } from './expireAssets.ts'
import { inParts } from './inParts.ts'
import type { LibraryFolder } from './libraryFolder.ts'
import { changePolicy, keepLonger } from './lifecyclePolicy.ts'
import { purgeAssets } from './purgeAssets.ts'
import { createFileRemover, type FileRemoverOptions } from './purgeFiles.ts'
import { discardAssets } from './trashAssets.ts'

export interface LifecycleOptions {
  readonly catalog: Catalog
  readonly clock: Clock
  readonly folder: LibraryFolder
  readonly exclusively: FileRemoverOptions['exclusively']
  readonly remove?: FileRemoverOptions['remove']
  /** Called when `status` may have changed by itself. */
  readonly onChange: () => void
  readonly onDefect: (error: unknown) => void
}

/** What was removed for good. */
export interface PurgeReport extends MutationResult {
  readonly bytes: number
  /** Files that could not be removed yet; it is tried again by itself. */
  readonly filesLeft: number
}

/** Expiry, Trash and what becomes of their files, of one open library. */
export interface Lifecycle {
  policy(): LifecyclePolicy
  configure(change: LifecycleChange): Promise<{ readonly policy: LifecyclePolicy; readonly result: MutationResult }>
  status(): LifecycleStatus
  expire(options: { readonly at?: number | undefined; readonly force?: boolean | undefined }): Promise<ExpiryReport>
  /** Without a number of days: as many as a new asset gets. Null: no end. */
  keepLonger(selection: AssetSelection, days?: number | null): Promise<MutationResult>
  sessions(): readonly WorkspaceSession[]
  /** Discards what is left in the Workspace of a session or a generation job. */
  discardRest(of: {
    readonly session?: { readonly from: string; readonly to: string } | undefined
    readonly jobId?: GenerationJobId | undefined
  }): Promise<MutationResult>
  /** Both reject with `count_changed` if there is more to remove than was confirmed. */
  emptyTrash(confirmed: number): Promise<PurgeReport>
  purge(selection: AssetSelection, confirmed: number): Promise<PurgeReport>
  /** Goes on with files that an earlier process had begun to remove. */
  resume(): void
  /** Looks from time to time for what is due. */
  start(): void
  close(): Promise<void>
}

export function createLifecycle(options: LifecycleOptions): Lifecycle {
  const { catalog, clock } = options
  const files = createFileRemover(options)
  const expiry = createExpiry({ ...options, files })

  const purge = async (rows: Iterable<RowId>, confirmed: number): Promise<PurgeReport> => {
    const { result, bytes } = await purgeAssets(catalog, rows, confirmed, clock.now())
    await files.work()
    return { ...result, bytes, filesLeft: catalog.lifecycle.countRemovals() }
  }

  return {
    policy: () => catalog.lifecycle.policy(),
    async configure(change) {
      const changed = await changePolicy(catalog, change, clock.now())
      options.onChange()
      return changed
    },
    status: expiry.status,
    expire: expiry.run,
    keepLonger: (selection, days = catalog.lifecycle.policy().expiryDays) =>
      inParts(catalog, selection, (some, part) => keepLonger(catalog, some, days, clock.now(), part)),
    sessions: () => catalog.lifecycle.sessions(),
    async discardRest({ session, jobId }) {
      if (session === undefined && jobId === undefined) {
        throw new VitrineError('invalid_request', 'Say which session or which job.')
      }
      const view: View = { kind: 'workspace', ...(jobId && { jobId }), ...(session && { session }) }
      const sort = { field: 'imported_at', direction: 'desc' } as const
      const { rowIds } = catalog.assets.query({ view, text: '', sort }, clock.now())
      return await inParts(catalog, { rowIds }, (some, part) => discardAssets(catalog, some, clock.now(), part))
    },
    emptyTrash: (confirmed) => purge(catalog.lifecycle.trashedRows(), confirmed),
    purge: (selection, confirmed) => purge(catalog.assets.resolve(selection), confirmed),
    resume() {
      if (catalog.lifecycle.countRemovals() > 0) void files.work()
    },
    start: expiry.start,
    async close() {
      await expiry.close()
      await files.close()
    },
  }
}
