import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { AssetId, ImportId } from '../../../../shared/domain/ids.ts'
import type { ImportOptions } from '../../../../shared/domain/import.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { ImportSource, NewImportItem } from '../../catalog/importRecords.ts'
import type { ArrivedFile } from '../../ports.ts'

export interface ArrivedFilesOptions {
  readonly catalog: Pick<Catalog, 'imports'>
  /** Makes an import that runs. */
  readonly create: (options: ImportOptions, source: ImportSource) => ImportId
  /** Makes an import look for pending items. */
  readonly run: (id: ImportId) => void
}

/** Files that come one by one from elsewhere, as items of one import for as long as there are any. */
export interface ArrivedFiles {
  takeIn(file: ArrivedFile): Promise<AssetId>
  /** An item of any import has been dealt with. */
  settled(path: string): void
  /** What was pending of an import stays where it is. */
  cancelled(id: ImportId): void
  close(): void
}

const SOURCE = 'workspace-bucket' satisfies ImportSource
const OPTIONS: ImportOptions = { space: 'workspace', mode: 'move' }

export function arrivedFiles(options: ArrivedFilesOptions): ArrivedFiles {
  const { imports } = options.catalog
  const waiting = new Map<string, { readonly id: ImportId; readonly end: (error: VitrineError | null) => void }>()
  let current: ImportId | null = null

  /** The running import, unless it has had this path: an import holds a path once. */
  function importFor(path: string): ImportId {
    const isOpen = current !== null && imports.get(current)?.state === 'running'
    if (isOpen && current !== null && imports.itemsAt(current, [path]).length === 0) return current
    dismissSuccessful()
    current = options.create(OPTIONS, SOURCE)
    return current
  }

  /** They come many times an hour; those that nobody needs to look at make room for the next. */
  function dismissSuccessful(): void {
    for (const { id, source, state, counts } of imports.list()) {
      if (source === SOURCE && state === 'done' && counts.failed === 0) imports.dismiss(id)
    }
  }

  function outcome(id: ImportId, path: string): AssetId {
    const [item] = imports.itemsAt(id, [path])
    if (item?.assetId && (item.state === 'imported' || item.state === 'duplicate')) return item.assetId
    const failure =
      item?.state === 'failed' ? imports.failures(id, FAILURES).find((one) => one.path === path) : undefined
    if (failure) throw new VitrineError(failure.code, failure.message)
    throw new VitrineError('invalid_request', 'You stopped this import. Try again to bring it in.')
  }

  return {
    async takeIn({ path, bytes, job }) {
      const id = importFor(path)
      const item: NewImportItem = { path, bytes, job, skip: null, sidecars: [], sidecarOf: null, assetId: null }
      const ended = new Promise<void>((resolve, reject) => {
        waiting.set(path, { id, end: (error) => (error === null ? resolve() : reject(error)) })
      })
      imports.addItems(id, [item])
      options.run(id)
      await ended
      return outcome(id, path)
    },
    settled(path) {
      waiting.get(path)?.end(null)
      waiting.delete(path)
    },
    cancelled(id) {
      for (const [path, entry] of waiting) {
        if (entry.id !== id) continue
        waiting.delete(path)
        entry.end(null)
      }
    },
    close() {
      for (const { end } of waiting.values()) end(new VitrineError('cancelled', 'The library was closed.'))
      waiting.clear()
    },
  }
}

/** Failures of one import that are looked through for the one of a path. */
const FAILURES = 10_000
