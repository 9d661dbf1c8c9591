import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClamdScanner } from '../../../../src/main/engine/adapters/clamdScanner.ts'
import { createMediaPool, type MediaPoolOptions } from '../../../../src/main/engine/adapters/mediaPool.ts'
import { nodeClock } from '../../../../src/main/engine/adapters/nodeClock.ts'
import type { Catalog } from '../../../../src/main/engine/catalog/catalog.ts'
import { thumbnailPath } from '../../../../src/main/engine/catalog/thumbnailPath.ts'
import type { Importer } from '../../../../src/main/engine/library/import/importer.ts'
import { createImporter } from '../../../../src/main/engine/library/import/importFiles.ts'
import { resolveStored } from '../../../../src/main/engine/library/import/placeOriginal.ts'
import type { LibraryFolder } from '../../../../src/main/engine/library/libraryFolder.ts'
import { createLibrary, isLibrary, openLibrary } from '../../../../src/main/engine/library/openLibrary.ts'
import { createMediaProcessor } from '../../../../src/main/engine/library/processMedia.ts'
import type { Clock, MediaDecoder, MediaTask } from '../../../../src/main/engine/ports.ts'
import type { Asset } from '../../../../src/shared/domain/asset.ts'
import type { ImportOptions, ImportReport } from '../../../../src/shared/domain/import.ts'

const intakeProgram = fileURLToPath(
  new URL('../../../../src/main/engine/library/import/intake.thread.ts', import.meta.url),
)
export const mediaProgram = fileURLToPath(new URL('../../../../src/main/media/media.process.ts', import.meta.url))

export interface ImportLibrary {
  readonly catalog: Catalog
  readonly folder: LibraryFolder
  readonly importer: Importer
  readonly decoder: MediaDecoder
  readonly cleanBefore: boolean
  /** What the pipeline logged: nothing, unless a test provokes it. */
  readonly defects: readonly unknown[]
  /** Imports and waits until every file is settled, thumbnails included. */
  import(paths: readonly string[], options?: Partial<ImportOptions>): Promise<ImportReport>
  /** Every asset, in the order of import. */
  assets(): readonly Asset[]
  close(): Promise<void>
}

export interface LibrarySettings {
  readonly pool?: Partial<MediaPoolOptions>
  readonly dropFolder?: string
  readonly concurrency?: number
  readonly clock?: Clock
  /** Told of each file that decoders are given. */
  readonly onTask?: (task: MediaTask) => void
}

/** The import pipeline of the engine on a real library, with real decoder processes. Makes the library if need be. */
export function openImportLibrary(root: string, settings: LibrarySettings = {}): ImportLibrary {
  if (!isLibrary(root)) createLibrary(root, 'Test', Date.now())
  const { catalog, folder, cleanBefore } = openLibrary(root, () => Date.now())
  const defects: unknown[] = []
  const pool = createMediaPool({
    nodePath: process.execPath,
    workerPath: mediaProgram,
    size: 2,
    onBreakdown: () => {},
    ...settings.pool,
  })
  const decoder: MediaDecoder = {
    concurrency: pool.concurrency,
    process(task) {
      settings.onTask?.(task)
      return pool.process(task)
    },
    close: () => pool.close(),
  }
  const clock = settings.clock ?? nodeClock
  const onDefect = (error: unknown): void => {
    defects.push(error)
  }
  const importer = createImporter({
    intakeProgram,
    catalog,
    clock,
    folder,
    openScanner: (address) => createClamdScanner({ address }),
    onChange: () => {},
    onDefect,
    ...(settings.dropFolder === undefined ? {} : { dropFolder: settings.dropFolder }),
    ...(settings.concurrency === undefined ? {} : { concurrency: settings.concurrency }),
  })
  const media = createMediaProcessor({ catalog, clock, folder, decoder, onDefect })
  media.start()
  return {
    catalog,
    folder,
    importer,
    decoder,
    cleanBefore,
    defects,
    async import(paths, options = {}) {
      const { id } = importer.start(paths, { space: 'workspace', mode: 'copy', ...options }, 'command-line')
      await importer.whenSettled(id)
      return importer.report(id)
    },
    assets: () => allAssets(catalog),
    async close() {
      await importer.close()
      await media.close()
      await decoder.close()
      catalog.close()
    },
  }
}

function allAssets(catalog: Catalog): readonly Asset[] {
  const { rowIds } = catalog.assets.query(
    { view: { kind: 'everything' }, text: '', sort: { field: 'imported_at', direction: 'asc' } },
    Date.now(),
  )
  return catalog.assets.cards([...rowIds] as never).map(({ id }) => catalog.assets.get(id)!)
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/**
 * What is wrong with a library whose imports are over: empty when every asset has its bytes, no file is left over, and,
 * unless duplicates were asked for, no bytes are two assets.
 */
export function inconsistencies(
  { catalog, folder }: Pick<ImportLibrary, 'catalog' | 'folder'>,
  duplicates: 'none' | 'some' = 'none',
): string[] {
  const wrong: string[] = []
  const assets = allAssets(catalog)
  const stored = new Set<string>()
  for (const asset of assets) {
    const path = resolveStored(folder, asset.storage_path)
    stored.add(path)
    if (!existsSync(path)) wrong.push(`${asset.file_name} has no original`)
    else if (sha256(readFileSync(path)) !== asset.sha256) wrong.push(`${asset.file_name} has other bytes`)
    for (const sidecar of asset.sidecars) {
      const sidecarPath = resolveStored(folder, sidecar.path)
      stored.add(sidecarPath)
      if (!existsSync(sidecarPath)) wrong.push(`${asset.file_name} lacks ${sidecar.name}`)
      else if (sha256(readFileSync(sidecarPath)) !== sidecar.sha256) wrong.push(`${sidecar.name} has other bytes`)
    }
    if (asset.thumbnail_path !== null) {
      for (const size of [150, 300, 600]) {
        if (!existsSync(join(folder.root, thumbnailPath(asset.sha256, size))))
          wrong.push(`${asset.file_name} lacks ${size}`)
      }
    }
  }
  if (duplicates === 'none' && new Set(assets.map((asset) => asset.sha256)).size !== assets.length)
    wrong.push('some bytes are two assets')
  for (const path of filesBelow(folder.originals)) if (!stored.has(path)) wrong.push(`${path} has no row`)
  for (const path of filesBelow(folder.incoming)) wrong.push(`${path} is left over`)
  for (const path of filesBelow(folder.thumbnails)) if (path.endsWith('.tmp')) wrong.push(`${path} is left over`)
  return wrong
}

export function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
}

/** A fresh folder, and how to be rid of it. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'vitrine-import-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}
