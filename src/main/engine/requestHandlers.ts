import { VitrineError } from '../../shared/contract/errors.ts'
import {
  type EngineRequestName,
  engineRequests,
  type LibraryInfo,
  type MutationResult,
  type ParsedInput,
  type RequestOutput,
} from '../../shared/contract/requests.ts'
import type { AssetCard, AssetSelection } from '../../shared/domain/asset.ts'
import type { AssetId } from '../../shared/domain/ids.ts'
import type { ImportSettings, ImportSettingsChange } from '../../shared/domain/importSettings.ts'
import type { Catalog } from './catalog/catalog.ts'
import { describeAsset } from './library/describeAsset.ts'
import type { DuplicateFinder } from './library/duplicates/findDuplicates.ts'
import { resolveDuplicates } from './library/duplicates/resolveDuplicates.ts'
import { editAssets } from './library/editAssets.ts'
import {
  addToCollection,
  createCollection,
  deleteCollection,
  removeFromCollection,
  renameCollection,
} from './library/editCollections.ts'
import { findAssets } from './library/findAssets.ts'
import type { Importer } from './library/import/importFiles.ts'
import { keepAssets } from './library/keepAssets.ts'
import type { LibraryFolder } from './library/libraryFolder.ts'
import { discardAssets, restoreAssets, trashAssets } from './library/trashAssets.ts'
import type { WatchedFolders } from './library/watched/watchFolders.ts'
import type { Sync } from './sync/createSync.ts'

/** The parts of an open engine that requests are answered with. */
export interface EngineParts {
  readonly catalog: Catalog
  readonly folder: LibraryFolder
  readonly importer: Importer
  readonly duplicates: DuplicateFinder
  readonly sync: Sync
  readonly watchedFolders: WatchedFolders
  /** How long a Workspace asset lives, ms. */
  readonly expiryMs: number
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
type Handlers = {
  readonly [N in EngineRequestName]: (input: ParsedInput<N>) => Result<RequestOutput<N>>
}

/** Answers every request of the contract with its use case. The input is parsed first. */
export function requestHandlers(
  parts: EngineParts,
): <N extends EngineRequestName>(name: N, input: unknown) => Promise<RequestOutput<N>> {
  const handlers = handlersOf(parts)
  return async <N extends EngineRequestName>(name: N, input: unknown) =>
    (await handlers[name](parse(name, input))) as RequestOutput<N>
}

/** @throws {VitrineError} `invalid_request` that names the field. */
function parse<N extends EngineRequestName>(name: N, input: unknown): ParsedInput<N> {
  const parsed = engineRequests[name].input.safeParse(input)
  if (parsed.success) return parsed.data as ParsedInput<N>
  const issue = parsed.error.issues[0]
  const field = issue?.path.map(String).join('.') ?? ''
  throw new VitrineError(
    'invalid_request',
    `The request ${name} can't be understood: ${field === '' ? '' : `${field}: `}${issue?.message ?? 'wrong input'}`,
    { request: name, field },
  )
}

/** Its thumbnails are still to be made. */
function isUndrawn({ has_thumbnail, status, error_code }: AssetCard): boolean {
  return !has_thumbnail && error_code === null && (status === 'processing' || status === 'available')
}

function handlersOf(parts: EngineParts): Handlers {
  const { catalog, folder, importer, sync, now } = parts
  const { assets, collections, history } = catalog
  return {
    'library.info': () => parts.info(),
    'library.counts': () => catalog.counts(now()),
    'library.stats': () => catalog.stats(),

    'assets.query': (query) => assets.query(query, now()),
    'assets.cards': ({ rowIds }) => {
      const cards = assets.cards(rowIds)
      parts.preferMedia(cards.filter(isUndrawn).map(({ id }) => id))
      return [...cards]
    },
    'assets.get': (input) => {
      const found =
        'id' in input
          ? assets.findById(input.id)
          : 'rowId' in input
            ? assets.findByRow(input.rowId)
            : assets.findByPath(input.path)
      if (!found) throw new VitrineError('not_found', 'There is no such asset in this library.')
      return describeAsset(catalog, folder, found.id)
    },
    'assets.find': ({ reference }) =>
      findAssets(catalog, reference).map(({ id, fileName }) => ({ id, file_name: fileName })),
    'assets.read': ({ rowIds }) =>
      rowIds.flatMap((rowId) => {
        const found = assets.findByRow(rowId)
        return (found && assets.get(found.id)) ?? []
      }),
    'assets.edit': (input) => editAssets(catalog, input.assets, input.patch, now()),
    'assets.keep': (input) => keepAssets(catalog, input.assets, input.collectionId, now()),
    'assets.discard': (input) => discardAssets(catalog, input.assets, now()),
    'assets.trash': (input) => trashAssets(catalog, input.assets, now()),
    'assets.restore': (input) => restoreAssets(catalog, input.assets, parts.expiryMs, now()),
    'assets.retry': (input) => {
      const result = parts.retryMedia(input.assets)
      parts.startMedia()
      return result
    },

    'duplicates.find': () => parts.duplicates.find(),
    'duplicates.resolve': ({ keep, remove }) => resolveDuplicates(catalog, keep, remove, now()),
    'duplicates.dismiss': ({ key, dismissed }) => parts.duplicates.dismiss(key, dismissed, now()),

    'history.undo': () => history.undo(now()),
    'history.redo': () => history.redo(now()),
    'history.list': ({ limit }) => [...history.list(limit)],

    'collections.list': () => [...collections.list()],
    'collections.create': ({ name, parentId }) => createCollection(catalog, name, parentId, now()),
    'collections.rename': ({ id, name }) => renameCollection(catalog, id, name, now()),
    'collections.delete': ({ id }) => deleteCollection(catalog, id, now()),
    'collections.add': (input) => addToCollection(catalog, input.id, input.assets, now()),
    'collections.remove': (input) => removeFromCollection(catalog, input.id, input.assets, now()),
    'tags.list': () => [...collections.tags()],
    'jobs.list': () => [...catalog.jobs.list()],

    'imports.preview': ({ paths }) => importer.preview(paths),
    'imports.start': ({ paths, options, source }) => {
      parts.startMedia()
      return importer.start(paths, options, source)
    },
    'imports.list': () => [...importer.list()],
    'imports.get': ({ id }) => importer.get(id),
    'imports.failures': ({ id }) => [...importer.failures(id)],
    'imports.report': ({ id }) => importer.report(id),
    'imports.cancel': ({ id }) => importer.cancel(id),
    'imports.retry': ({ id }) => {
      parts.startMedia()
      return importer.retry(id)
    },
    'imports.dismiss': ({ id }) => importer.dismiss(id),
    'imports.settings': () => parts.importSettings.read(),
    'imports.configure': (change) => parts.importSettings.change(change),
    'imports.testScanner': async ({ address }) => ({ version: await parts.importSettings.testScanner(address) }),
    'imports.drained': () => parts.whenDrained(),

    'watchedFolders.list': () => parts.watchedFolders.list(),
    'watchedFolders.add': ({ path, space }) => parts.watchedFolders.add(path, space),
    'watchedFolders.remove': ({ id, assets }) => parts.watchedFolders.remove(id, assets),
    'watchedFolders.rescan': ({ id }) => {
      parts.startMedia()
      return parts.watchedFolders.rescan(id)
    },

    'remotes.list': () => sync.remotes.list(),
    'remotes.test': (draft) => sync.remotes.test(draft),
    'remotes.probe': ({ id }) => sync.remotes.probe(id),
    'remotes.add': (draft) => sync.remotes.add(draft),
    'remotes.remove': ({ id }) => sync.remotes.remove(id),
    'remotes.setCredentials': ({ id, credentials }) => sync.remotes.setCredentials(id, credentials),

    'sync.status': () => sync.status(),
    'sync.now': () => sync.now(),
    'sync.pause': ({ paused }) => sync.pause(paused),
    'sync.retry': (input) => sync.retry(input.assets),
    'sync.once': () => sync.once(),
  }
}
