import { nodeClock } from '../../../../src/main/engine/adapters/nodeClock.ts'
import { openStore } from '../../../../src/main/engine/adapters/openStore.ts'
import type { Clock, ObjectStore } from '../../../../src/main/engine/ports.ts'
import { createSync } from '../../../../src/main/engine/sync/createSync.ts'
import type { Sync } from '../../../../src/main/engine/sync/sync.ts'
import type { OpenStore } from '../../../../src/main/engine/sync/testRemote.ts'
import { workspaceArrivals } from '../../../../src/main/engine/workspaceArrivals.ts'
import type { Asset } from '../../../../src/shared/domain/asset.ts'
import type { Credentials } from '../../../../src/shared/domain/remote.ts'
import { type ImportLibrary, openImportLibrary } from '../../import/support/importLibrary.ts'
import { eventually } from './files.ts'
import { testTimeouts } from './syncLibrary.ts'

/** A real library with import pipeline and sync, as the engine puts them together. */
export interface WorkspaceLibrary extends ImportLibrary {
  readonly sync: Sync
  /** Assets that nobody has decided about, kept ones, and what is in Trash. */
  named(where: 'workspace' | 'library' | 'trash'): string[]
  asset(fileName: string): Asset
  /** Resolves when decoders have looked at everything. */
  drawn(): Promise<void>
}

export interface WorkspaceLibraryOptions {
  readonly clock?: Clock
  readonly credentials?: Credentials | null
  /** Stands between sync and the stores it opens. */
  readonly around?: (store: ObjectStore) => ObjectStore
}

/** Opens the library in a folder, or makes one there. */
export function workspaceLibrary(root: string, options: WorkspaceLibraryOptions = {}): WorkspaceLibrary {
  const library = openImportLibrary(root)
  const { catalog, folder, importer } = library
  const clock = options.clock ?? nodeClock
  let resumed = false
  const open: OpenStore = (location, credentials) => {
    const store = openStore(location, credentials, testTimeouts)
    return options.around?.(store) ?? store
  }
  const sync = createSync({
    catalog,
    clock,
    folder,
    library: { id: catalog.libraryId, name: 'Test library' },
    openStore: open,
    onStatus: () => undefined,
    onDefect(error) {
      throw error
    },
    envCredentials: options.credentials ?? null,
    exclusively: importer.exclusively,
    arrivals: workspaceArrivals({
      catalog,
      clock,
      importer,
      resumeImports() {
        if (resumed) return
        resumed = true
        importer.resumeUnfinished()
        if (!library.cleanBefore) void importer.sweepUnregistered()
      },
    }),
  })
  const all = (): Asset[] => {
    const views = (['workspace', 'library', 'trash'] as const).map((kind) =>
      catalog.assets.query({ view: { kind }, text: '', sort: { field: 'file_name', direction: 'asc' } }, Date.now()),
    )
    return views.flatMap(({ rowIds }) =>
      catalog.assets.cards([...rowIds] as never).map(({ id }) => catalog.assets.get(id)!),
    )
  }
  const placeOf = ({ space, deleted_at }: Asset) => (deleted_at === null ? space : 'trash')
  return {
    ...library,
    sync,
    named: (where) =>
      all()
        .filter((asset) => placeOf(asset) === where)
        .map(({ file_name }) => file_name),
    asset(fileName) {
      const [asset, ...more] = all().filter(({ file_name }) => file_name === fileName)
      if (asset === undefined || more.length > 0)
        throw new Error(`${more.length + (asset ? 1 : 0)} assets are called ${fileName}`)
      return asset
    },
    drawn: () => eventually('thumbnails', () => all().every(({ status }) => status !== 'processing')),
    async close() {
      await sync.close()
      await library.close()
    },
  }
}
