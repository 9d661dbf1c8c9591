import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createEngine } from '../../../../src/main/engine/engine.ts'
import type { LocalEngine } from '../../../../src/main/engine/host/engineDoor.ts'
import type { Asset } from '../../../../src/shared/domain/asset.ts'
import type { WatchedFolder, WatchedReport } from '../../../../src/shared/domain/watchedFolder.ts'

const mediaProgram = fileURLToPath(new URL('../../../../src/main/media/media.process.ts', import.meta.url))

export interface WatchedLibrary {
  readonly engine: LocalEngine
  /** Every asset, also those in Trash. */
  assets(): Promise<readonly Asset[]>
  /** Of each asset that is not in Trash the path, relative to `below`, and the status. */
  shown(below: string): Promise<Record<string, string>>
  add(path: string, space?: 'workspace' | 'library'): Promise<WatchedFolder>
  rescan(id: number): Promise<WatchedReport>
  close(): Promise<void>
}

/** A real engine over a library; it serves, and so watches, unless `serving` is false. */
export async function openWatchedLibrary(root: string, serving = true): Promise<WatchedLibrary> {
  const engine = await createEngine({ root, create: { name: 'Test' }, serving, mediaProgram })
  if (serving) await engine.startServing()
  const query = async (kind: 'everything' | 'trash'): Promise<readonly Asset[]> => {
    const { rowIds } = await engine.request('assets.query', {
      view: { kind },
      text: '',
      sort: { field: 'imported_at', direction: 'asc' },
    })
    return engine.request('assets.read', { rowIds: [...rowIds] })
  }
  return {
    engine,
    assets: async () => [...(await query('everything')), ...(await query('trash'))],
    async shown(below) {
      const assets = await query('everything')
      return Object.fromEntries(assets.map((asset) => [asset.storage_path.replace(`${below}/`, ''), asset.status]))
    },
    add: (path, space = 'library') => engine.request('watchedFolders.add', { path, space }),
    rescan: (id) => engine.request('watchedFolders.rescan', { id }),
    close: () => engine.close(),
  }
}

/** Looks until something is so; how long that takes is the machine's affair, until the test's own limit. */
export async function until<T>(look: () => Promise<T>, isSo: (found: T) => boolean): Promise<T> {
  const end = Date.now() + 45_000
  for (;;) {
    const found = await look()
    if (isSo(found)) return found
    if (Date.now() > end)
      throw new Error(`It never came to be so. In the end: ${JSON.stringify(found).slice(0, 2_000)}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** A fresh folder by its real path, and how to be rid of it. */
export function freshFolder(): { readonly path: string; at(...names: string[]): string; remove(): void } {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'vitrine-watched-')))
  return { path, at: (...names) => join(path, ...names), remove: () => rmSync(path, { recursive: true, force: true }) }
}
