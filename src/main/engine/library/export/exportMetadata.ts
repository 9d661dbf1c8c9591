import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join } from 'node:path'
import { finished } from 'node:stream/promises'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { ExportFormat } from '../../../../shared/contract/requests/exportRequests.ts'
import type { Asset, AssetSelection } from '../../../../shared/domain/asset.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { fileError } from '../../disk/fileError.ts'
import { csvHeader, csvLine } from './csvLine.ts'
import { sidecarText } from './sidecarText.ts'

export interface Exported {
  readonly assets: number
  readonly files: number
  readonly bytes: number
}

/** Assets between two looks at what else the engine has to do. */
const AT_ONCE = 100

/**
 * Writes what the catalogue knows of assets, one at a time, so that any number fits into memory. `path` is absolute: a
 * file for `json` and `csv`, a folder for `xmp`. Throws `invalid_request` for a relative path, and errors of the disk.
 */
export async function exportMetadata(
  catalog: Catalog,
  selection: AssetSelection,
  format: ExportFormat,
  path: string,
): Promise<Exported> {
  if (!isAbsolute(path)) throw new VitrineError('invalid_request', 'Choose a full path to export to.')
  try {
    switch (format) {
      case 'json':
        return await writeOne(path, jsonLines(catalog, selection))
      case 'csv':
        return await writeOne(path, csvLines(catalog, selection))
      case 'xmp':
        return await writeSidecars(path, catalog, selection)
    }
  } catch (error) {
    throw fileError(error, path)
  }
}

/** Full records with everything that was read from the file, raw payloads too. */
async function* records(catalog: Catalog, selection: AssetSelection): AsyncGenerator<Asset> {
  let count = 0
  for (const rowId of catalog.assets.resolve(selection)) {
    if (++count % AT_ONCE === 0) await new Promise<void>((resolve) => setImmediate(resolve))
    const found = catalog.assets.findByRow(rowId)
    const asset = found && catalog.assets.get(found.id, true)
    if (asset !== undefined) yield asset
  }
}

interface Piece {
  readonly text: string
  readonly isAsset: boolean
}

/** One JSON document; collections and tags stand before the assets, which name them. */
async function* jsonLines(catalog: Catalog, selection: AssetSelection): AsyncGenerator<Piece> {
  const head = {
    format: 'vitrine-metadata',
    version: 1,
    library: catalog.libraryId,
    collections: catalog.collections.list(),
    tags: catalog.tags.list(),
  }
  yield { text: `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "assets": [`, isAsset: false }
  let separator = '\n'
  for await (const { row_id: _, ...asset } of records(catalog, selection)) {
    yield { text: `${separator}    ${JSON.stringify(asset)}`, isAsset: true }
    separator = ',\n'
  }
  yield { text: '\n  ]\n}\n', isAsset: false }
}

async function* csvLines(catalog: Catalog, selection: AssetSelection): AsyncGenerator<Piece> {
  yield { text: csvHeader, isAsset: false }
  for await (const asset of records(catalog, selection)) yield { text: csvLine(asset), isAsset: true }
}

/** Whole or not at all: what stands at the path stays until the new file is on the disk. */
async function writeOne(path: string, pieces: AsyncIterable<Piece>): Promise<Exported> {
  const temporary = `${path}.part`
  await mkdir(dirname(path), { recursive: true })
  const out = createWriteStream(temporary, { flush: true })
  let assets = 0
  try {
    for await (const { text, isAsset } of pieces) {
      if (isAsset) assets++
      await write(out, text)
    }
    out.end()
    await finished(out)
    await rename(temporary, path)
    return { assets, files: 1, bytes: out.bytesWritten }
  } catch (error) {
    out.destroy()
    await rm(temporary, { force: true })
    throw error
  }
}

async function write(out: WriteStream, text: string): Promise<void> {
  if (out.errored !== null) throw out.errored
  if (!out.write(text))
    await Promise.race([once(out, 'drain'), once(out, 'error').then(([error]) => Promise.reject(error))])
}

/** `<file name>.xmp` as other programs look for it; of files with one name, the later ones carry the asset's id. */
async function writeSidecars(folder: string, catalog: Catalog, selection: AssetSelection): Promise<Exported> {
  await mkdir(folder, { recursive: true })
  const taken = new Set<string>()
  let [assets, bytes] = [0, 0]
  for await (const asset of records(catalog, selection)) {
    // A name that came with somebody's file, or from another device, must not lead out of the folder.
    const fileName = basename(asset.file_name.replaceAll('\\', '/'))
    const plain = `${fileName}.xmp`
    const name = taken.has(plain.toLowerCase()) ? `${fileName}.${asset.id}.xmp` : plain
    taken.add(plain.toLowerCase())
    const content = Buffer.from(sidecarText(asset))
    const temporary = join(folder, `${name}.part`)
    const file = await open(temporary, 'w')
    await file.writeFile(content).finally(() => file.close())
    await rename(temporary, join(folder, name))
    assets++
    bytes += content.length
  }
  return { assets, files: assets, bytes }
}
