import { existsSync } from 'node:fs'
import { readdir, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { DrawnSide } from '../../../shared/domain/drawing.ts'
import type { AssetId } from '../../../shared/domain/ids.ts'
import type { StoredAsset } from '../catalog/assetRecords.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { BringHere, MediaDecoder, MediaOutcome, MediaTask } from '../ports.ts'
import { resolveStored } from './import/placeOriginal.ts'
import type { LibraryFolder } from './libraryFolder.ts'
import { NewestFirst } from './newestFirst.ts'
import { posterOf } from './posterPath.ts'

export interface Drawing {
  readonly id: AssetId
  /** From 0. */
  readonly page: number
  readonly side: DrawnSide
  readonly format: 'webp' | 'png'
}

/** What is made of originals only when somebody looks at one closely. */
export interface Drawings {
  /** @returns the absolute path of the picture. Rejects with the reason why there is none, or with `cancelled`. */
  draw(drawing: Drawing): Promise<string>
  /** The beginning of a text. Rejects with the reason why there is none. */
  text(id: AssetId): Promise<{ text: string; truncated: boolean }>
}

interface DrawingsOptions {
  readonly catalog: Pick<Catalog, 'assets'>
  readonly folder: LibraryFolder
  readonly decoder: Pick<MediaDecoder, 'process'>
  readonly bringHere: BringHere
  /** Most bytes of drawings that are kept; those looked at longest ago go first. */
  readonly limitBytes?: number
  /** Told of what goes wrong while old drawings are removed. */
  readonly onDefect: (error: unknown) => void
}

const LIMIT_BYTES = 1024 ** 3
/** Drawings at once: the other decoders go on with what was imported. */
const AT_ONCE = 2
/** Those beyond that wait for room; who pages quickly passes by more than anybody looks at. */
const WAITING = 6
/** Drawings between two looks at how much they take. */
const LOOK_EVERY = 20

/** Where everything that was drawn of the same bytes is. */
export function drawingsOf({ drawn }: LibraryFolder, sha256: string): string {
  return join(drawn, sha256)
}

/** See `Drawings`. What was drawn once is kept in `cache/drawn`, one folder for each content. */
export function createDrawings({
  catalog,
  folder,
  decoder,
  bringHere,
  limitBytes = LIMIT_BYTES,
  onDefect,
}: DrawingsOptions): Drawings {
  const line = new NewestFirst(AT_ONCE, WAITING)
  /** Asked for twice, drawn once. */
  const underWay = new Map<string, Promise<string>>()
  let drawn = 0

  const assetOf = (id: AssetId): StoredAsset => {
    const asset = catalog.assets.findById(id)
    if (asset === undefined) throw new VitrineError('not_found', 'That asset does not exist any more.', { id })
    return asset
  }
  const taskOf = (asset: StoredAsset, more: Pick<MediaTask, 'thumbnailFolder' | 'sizes' | 'wanted'>): MediaTask => ({
    path: resolveStored(folder, asset.storagePath),
    sha256: asset.sha256,
    mimeType: asset.mimeType,
    sidecars: [],
    poster: posterOf(asset, folder),
    ...more,
  })
  const make = async (asset: StoredAsset, { page, side, format }: Drawing, into: string): Promise<void> => {
    await bringHere(asset.id)
    const wanted = { kind: 'drawing', page, format } as const
    required(await decoder.process(taskOf(asset, { thumbnailFolder: into, sizes: [side], wanted })))
    drawn++
    if (drawn % LOOK_EVERY === 1) forgetOldest(folder.drawn, limitBytes).catch(onDefect)
  }
  return {
    async draw(drawing) {
      const asset = assetOf(drawing.id)
      const content = drawingsOf(folder, asset.sha256)
      const into = join(content, String(drawing.page))
      const path = join(into, `${asset.sha256}-${drawing.side}.${drawing.format}`)
      if (existsSync(path)) {
        const now = new Date()
        // Only says that it was looked at; without that it is merely forgotten earlier.
        await utimes(content, now, now).catch(() => {})
        return path
      }
      const making = underWay.get(path) ?? line.run(() => make(asset, drawing, into)).then(() => path)
      underWay.set(path, making)
      try {
        return await making
      } finally {
        underWay.delete(path)
      }
    },
    async text(id) {
      await bringHere(id)
      const task = taskOf(assetOf(id), { thumbnailFolder: folder.drawn, sizes: [], wanted: { kind: 'text' } })
      const { metadata } = required(await decoder.process(task)).facts
      const { text, truncated } = metadata
      return { text: typeof text === 'string' ? text : '', truncated: truncated === true }
    },
  }
}

function required(outcome: MediaOutcome): Extract<MediaOutcome, { ok: true }> {
  if (!outcome.ok) throw new VitrineError(outcome.code, outcome.message)
  return outcome
}

/** Removes the contents that were looked at longest ago until the rest is within the limit. */
async function forgetOldest(folder: string, limitBytes: number): Promise<void> {
  const contents = await Promise.all((await orAbsent(readdir(folder), [])).map((name) => measure(join(folder, name))))
  let total = contents.reduce((sum, { bytes }) => sum + bytes, 0)
  for (const { path, bytes } of contents.sort((a, b) => a.lookedAt - b.lookedAt)) {
    if (total <= limitBytes) return
    await rm(path, { recursive: true, force: true })
    total -= bytes
  }
}

async function measure(path: string): Promise<{ path: string; lookedAt: number; bytes: number }> {
  let bytes = 0
  for (const file of await orAbsent(readdir(path, { recursive: true, withFileTypes: true }), [])) {
    if (file.isFile()) bytes += (await orAbsent(stat(join(file.parentPath, file.name)), null))?.size ?? 0
  }
  return { path, lookedAt: (await orAbsent(stat(path), null))?.mtimeMs ?? 0, bytes }
}

/** Assets are removed for good while we look: what is gone takes no room. */
async function orAbsent<T>(looked: Promise<T>, absent: T): Promise<T> {
  try {
    return await looked
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return absent
    throw error
  }
}
