import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, mkdir, open, realpath, rename, rm } from 'node:fs/promises'
import { isAbsolute, join, relative } from 'node:path'
import { type ErrorCode, toErrorData, VitrineError } from '../../../../shared/contract/errors.ts'
import type { Asset, AssetSelection } from '../../../../shared/domain/asset.ts'
import { type FileExport, type RenderedExport, renderExtensions } from '../../../../shared/domain/fileExport.ts'
import { fillPattern, unknownField } from '../../../../shared/domain/namePattern.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { fileError } from '../../disk/fileError.ts'
import type { BringHere, PictureRenderer } from '../../ports.ts'
import { resolveStored } from '../import/placeOriginal.ts'
import type { LibraryFolder } from '../libraryFolder.ts'
import { longChangesOf } from '../longChanges.ts'
import { rowsInOrder } from '../rowsInOrder.ts'
import { nameFactsOf } from './nameFactsOf.ts'

export interface FileExportOptions {
  readonly catalog: Catalog
  readonly renderer: PictureRenderer
  readonly folder: LibraryFolder
  /** Asked before an original is read. */
  readonly bringHere: BringHere
  readonly selection: AssetSelection
  readonly settings: FileExport
  /** Absolute; made if it is not there. */
  readonly target: string
}

export interface ExportedFiles {
  /** Assets of which files were made. */
  readonly assets: number
  readonly files: number
  readonly bytes: number
  /** Assets that are no pictures and were copied as they are, although something else was asked for. */
  readonly copied: number
  readonly failed: number
  /** The first of those that failed. */
  readonly failures: readonly { readonly fileName: string; readonly code: ErrorCode; readonly message: string }[]
  readonly cancelled: boolean
}

/** Failures that are told one by one. */
const FAILURES_TOLD = 100
/** Progress is shown from so many assets on. */
const SHOWN_FROM = 3
/** What a drawing without a size of its own is drawn at, pixels. */
const DRAWING_SIDE = 2048

interface Planned {
  readonly asset: Asset
  /** Absolute paths that are ours: empty files stand there. */
  readonly outputs: readonly { readonly path: string; readonly width: number | null; readonly height: number | null }[]
  readonly render: RenderedExport | null
}

/**
 * Makes files of assets in a folder: copies of the originals, or pictures of another size and format. Nothing that is there
 * is ever replaced: a name that is taken gets a number. One file that can't be made does not stop the rest; a full disk does
 * (`disk_full`), and what was finished until then stays. Rejects with `invalid_request` for a folder inside of the library or
 * a pattern that can't be understood.
 */
export async function exportFiles(options: FileExportOptions): Promise<ExportedFiles> {
  const { catalog, renderer, selection, settings } = options
  const unknown = unknownField(settings.names)
  if (unknown !== null) throw new VitrineError('invalid_request', `“${unknown}” is no field of a name.`)
  const target = await prepareTarget(options.target, options.folder.root)
  const rows = rowsInOrder(catalog, selection)
  const running = rows.length >= SHOWN_FROM ? longChangesOf(catalog).begin('export', rows.length) : null
  const report = new Report()
  const names = new FreeNames(target)
  let [next, done] = [0, 0]
  let stopped: unknown = null
  const work = async (): Promise<void> => {
    while (stopped === null && running?.cancelled !== true) {
      const row = rows[next++]
      if (row === undefined) return
      const found = catalog.assets.findByRow(row)
      const asset = found && catalog.assets.get(found.id)
      if (asset === undefined) continue
      try {
        report.add(await exportOne(options, names, asset, next))
      } catch (error) {
        const known = fileError(error, asset.file_name)
        if (!(known instanceof VitrineError) || known.code === 'disk_full') stopped = known
        else report.fail(asset, known)
      }
      running?.advance(++done)
    }
  }
  try {
    // One more than draw at once, so that none of them waits for a copy.
    await Promise.all(Array.from({ length: renderer.concurrency + 1 }, work))
    if (stopped !== null) throw stopped
    return report.result(running?.cancelled === true)
  } finally {
    running?.end()
  }
}

async function exportOne(
  { renderer, folder, bringHere, settings }: FileExportOptions,
  names: FreeNames,
  asset: Asset,
  number: number,
): Promise<{ readonly files: number; readonly bytes: number; readonly copied: boolean }> {
  await bringHere(asset.id)
  const planned = await plan(asset, settings, names, number)
  const source = resolveStored(folder, asset.storage_path)
  try {
    if (planned.render === null) {
      const [output] = planned.outputs
      if (output === undefined) throw new Error('A copy has one place')
      const bytes = await copyWhole(source, output.path)
      return { files: 1, bytes, copied: settings.format !== 'original' }
    }
    const { format, quality, keepMetadata } = planned.render
    const { outputs } = planned
    const side = sideOf(planned.render, asset)
    const outcome = await renderer.render({
      path: source,
      mimeType: asset.mime_type,
      format,
      quality,
      keepMetadata,
      side,
      outputs,
    })
    if (!outcome.ok) throw new VitrineError(outcome.code, outcome.message)
    return {
      files: outputs.length,
      bytes: outcome.rendered.reduce((sum, { bytes }) => sum + bytes, 0),
      copied: false,
    }
  } catch (error) {
    for (const { path } of planned.outputs) await rm(path, { force: true })
    throw error
  }
}

async function plan(asset: Asset, settings: FileExport, names: FreeNames, number: number): Promise<Planned> {
  const stem = fillPattern(settings.names, nameFactsOf(asset), number)
  if (settings.format === 'original' || asset.asset_type !== 'image') {
    const ending = asset.extension === '' ? '' : `.${asset.extension}`
    return { asset, outputs: [{ path: await names.take(stem, ending), width: null, height: null }], render: null }
  }
  const ending = `.${renderExtensions[settings.format]}`
  const outputs: Planned['outputs'][number][] = []
  for (const { suffix, width, height } of boxes(settings, asset))
    outputs.push({ path: await names.take(stem, `${suffix}${ending}`), width, height })
  return { asset, outputs, render: settings }
}

interface Box {
  readonly suffix: string
  readonly width: number | null
  readonly height: number | null
}

/** Of widths those that the picture has, and its own instead of those that it has not. */
function boxes({ size }: RenderedExport, asset: Asset): readonly Box[] {
  switch (size.kind) {
    case 'original':
      return [{ suffix: '', width: null, height: null }]
    case 'longest':
      return [{ suffix: '', width: size.pixels, height: size.pixels }]
    case 'widths': {
      const own = asset.width ?? Number.POSITIVE_INFINITY
      const widths = new Set([...size.widths].sort((a, b) => a - b).map((width) => Math.min(width, own)))
      return [...widths].map((width) => ({ suffix: `-${width}w`, width, height: null }))
    }
  }
}

function sideOf({ size }: RenderedExport, asset: Asset): number {
  const [width, height] = [asset.width ?? DRAWING_SIDE, asset.height ?? DRAWING_SIDE]
  switch (size.kind) {
    case 'original':
      return Math.max(width, height)
    case 'longest':
      return size.pixels
    case 'widths':
      return Math.ceil(Math.max(...size.widths) * Math.max(1, height / width))
  }
}

/** Files are never made in the library: what is there is its own. */
async function prepareTarget(target: string, library: string): Promise<string> {
  if (!isAbsolute(target)) throw new VitrineError('invalid_request', 'Choose a full path to export to.')
  try {
    await mkdir(target, { recursive: true })
    const [inside, root] = [await realpath(target), await realpath(library)]
    const path = relative(root, inside)
    if (path === '' || (!path.startsWith('..') && !isAbsolute(path)))
      throw new VitrineError('invalid_request', 'Choose a folder outside of the library to export to.')
    return inside
  } catch (error) {
    throw fileError(error, target)
  }
}

/** A reflink where the disk has them; whole or not there. */
async function copyWhole(source: string, path: string): Promise<number> {
  const temporary = `${path}.${randomUUID().slice(0, 8)}.part`
  try {
    await copyFile(source, temporary, constants.COPYFILE_FICLONE)
    const file = await open(temporary, 'r+')
    const { size } = await file.stat().finally(() => file.close())
    await rename(temporary, path)
    return size
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** Names in one folder that nothing has: an empty file is put there at once, so that nobody else takes them. */
class FreeNames {
  readonly #folder: string
  /** Where to go on counting, so that a thousand equal names are not a million looks. */
  readonly #last = new Map<string, number>()

  constructor(folder: string) {
    this.#folder = folder
  }

  async take(stem: string, ending: string): Promise<string> {
    const key = `${stem}${ending}`.toLowerCase()
    for (let number = this.#last.get(key) ?? 1; ; number++) {
      const path = join(this.#folder, number === 1 ? `${stem}${ending}` : `${stem} (${number})${ending}`)
      try {
        await (await open(path, 'wx')).close()
        this.#last.set(key, number + 1)
        return path
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
    }
  }
}

class Report {
  #assets = 0
  #files = 0
  #bytes = 0
  #copied = 0
  #failed = 0
  readonly #failures: ExportedFiles['failures'][number][] = []

  add({ files, bytes, copied }: { readonly files: number; readonly bytes: number; readonly copied: boolean }): void {
    this.#assets++
    this.#files += files
    this.#bytes += bytes
    if (copied) this.#copied++
  }

  fail(asset: Asset, error: VitrineError): void {
    this.#failed++
    const { code, message } = toErrorData(error)
    if (this.#failures.length < FAILURES_TOLD) this.#failures.push({ fileName: asset.file_name, code, message })
  }

  result(cancelled: boolean): ExportedFiles {
    return {
      assets: this.#assets,
      files: this.#files,
      bytes: this.#bytes,
      copied: this.#copied,
      failed: this.#failed,
      failures: this.#failures,
      cancelled,
    }
  }
}
