import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NativeImage, WebContents } from 'electron'
import { z } from 'zod'
import { VitrineError } from '../../shared/contract/errors.ts'
import { exportRequests } from '../../shared/contract/requests/exportRequests.ts'
import { DRAGGED_BYTES } from '../../shared/contract/requests/shellRequests.ts'
import type { RequestInput, RequestOutput } from '../../shared/contract/requests.ts'

interface Engine {
  request(name: 'export.files' | 'assets.summary' | 'assets.cards', input: unknown): Promise<unknown>
}

/** How often promises are looked after while the system drags. */
const EVERY_MS = 10
/** What `assets.cards` takes. */
const CARDS = 1_000

type Assets = RequestInput<'shell.prepareDrag'>['assets']
type PreparedDrag = RequestOutput<'shell.prepareDrag'>

interface DragOutParts {
  readonly engine: Engine
  /** What the pointer carries: a picture for a file. */
  readonly iconOf: (path: string) => Promise<NativeImage>
  /** Told what is carried, and with null that it is over where the system says so. @param sender id of the page it came from */
  readonly onCarried: (sender: number, rowIds: readonly number[] | null) => void
  /** Bytes that are free where a folder is. */
  readonly freeAt?: (folder: string) => Promise<number>
}

export interface DragOut {
  /**
   * Makes copies of these assets' files for a page, or hands out those that it made last and that have not been carried.
   * Rejects with `file_too_large`, `disk_full` and with what kept them all from being made.
   */
  prepare(sender: number, assets: Assets): Promise<PreparedDrag>
  /** Lets the pointer carry what was prepared for this page. @returns whether the drag is over by now */
  begin(contents: Pick<WebContents, 'id' | 'startDrag'>, drag: number): boolean
  /** Removes the copies of all drags. */
  close(): void
}

/** What a page asked for last. */
interface Asked {
  readonly drag: number
  readonly rowIds: Int32Array
  /** Tells whether these are still the files of the assets. */
  readonly content: Promise<string>
  readonly folder: string
  readonly made: Promise<Made>
  /** What `made` came to. */
  ready: Made | null
}

interface Made {
  readonly files: string[]
  /** Null without files. */
  readonly icon: NativeImage | null
  readonly left: PreparedDrag['left']
}

/**
 * Drags to other programs. They are given copies and never an original: a file manager moves what is dropped on it within
 * one disk, and an editor writes to it. The copies of a drag that took place live until the program ends, because nobody tells
 * when they were taken.
 *
 * @param blocking whether the system's drag is over when Electron's `startDrag` comes back: everywhere but on macOS
 */
export function createDragOut(parts: DragOutParts, blocking = process.platform !== 'darwin'): DragOut {
  const { engine, iconOf, onCarried, freeAt = freeBytes } = parts
  let root: string | null = null
  let drags = 0
  const asked = new Map<number, Asked>()

  const make = async ({ rowIds }: Assets, folder: string): Promise<Made> => {
    const { bytes } = summarySchema.parse(await engine.request('assets.summary', { assets: { rowIds } }))
    await refuseTooMuch(bytes, () => freeAt(folder))
    const request = { assets: { rowIds }, export: { format: 'original', names: '{name}' }, folder }
    const {
      files: count,
      failed,
      failures,
    } = exportRequests['export.files'].output.parse(await engine.request('export.files', request))
    const files = readdirSync(folder).map((name) => join(folder, name))
    const [file] = files
    const [failure] = failures
    if (count === 0 || file === undefined) {
      if (failure) throw new VitrineError(failure.code, `${failure.fileName}: ${failure.message}`)
      return { files: [], icon: null, left: null }
    }
    const left = failure ? { count: failed, reason: `${failure.fileName}: ${failure.message}` } : null
    return { files, icon: await iconOf(file), left }
  }

  const forget = (sender: number) => {
    const before = asked.get(sender)
    if (before === undefined) return
    asked.delete(sender)
    // What is still being written is removed when it is.
    const remove = () => rm(before.folder, { recursive: true, force: true })
    void before.made.then(remove, remove)
  }

  const askFor = (sender: number, assets: Assets): Asked => {
    forget(sender)
    root ??= mkdtempSync(join(tmpdir(), 'vitrine-drag-'))
    const drag = ++drags
    const folder = join(root, String(drag))
    mkdirSync(folder)
    const content = contentOf(engine, assets)
    // Looked at with the next drag, if at all.
    content.catch(() => undefined)
    const one: Asked = { drag, rowIds: assets.rowIds, content, folder, made: make(assets, folder), ready: null }
    asked.set(sender, one)
    return one
  }

  return {
    async prepare(sender, assets) {
      const before = asked.get(sender)
      const again = before !== undefined && (await isSame(engine, before, assets))
      const one = again && asked.get(sender) === before ? before : askFor(sender, assets)
      try {
        const made = await one.made
        one.ready = made
        return { drag: made.files.length === 0 ? null : one.drag, left: made.left }
      } catch (error) {
        if (asked.get(sender) === one) forget(sender)
        throw error
      }
    },
    begin(contents, drag) {
      const one = asked.get(contents.id)
      const [file] = one?.ready?.files ?? []
      if (one?.drag !== drag || !one.ready?.icon || file === undefined)
        throw new VitrineError('not_found', 'What was to be carried is not there any more. Drag it once more.')
      asked.delete(contents.id)
      const { files, icon } = one.ready
      onCarried(contents.id, [...one.rowIds])
      const stop = goOnMeanwhile()
      try {
        contents.startDrag({ file, files, icon })
      } finally {
        stop()
      }
      if (blocking) onCarried(contents.id, null)
      return blocking
    },
    close() {
      asked.clear()
      if (root !== null) rmSync(root, { recursive: true, force: true })
      root = null
    },
  }
}

const summarySchema = z.object({ bytes: z.number().nonnegative() })
const cardsSchema = z.array(z.object({ id: z.string(), sha256: z.string(), file_name: z.string() }))

async function refuseTooMuch(bytes: number, free: () => Promise<number>): Promise<void> {
  if (bytes > DRAGGED_BYTES) {
    const most = `${DRAGGED_BYTES / 1e9} GB`
    const message = `Files of more than ${most} are too much to drag to another program. Export them instead.`
    throw new VitrineError('file_too_large', message)
  }
  if (bytes > (await free()))
    throw new VitrineError(
      'disk_full',
      'There is no room for copies of these files. Free some, or export them to another disk.',
    )
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

/** Whether an earlier drag is about the same assets, and they have the same names and bytes as then. */
async function isSame(engine: Engine, before: Asked, assets: Assets): Promise<boolean> {
  const { rowIds } = assets
  if (before.rowIds.length !== rowIds.length || before.rowIds.some((row, at) => row !== rowIds[at])) return false
  const [then, now] = await Promise.allSettled([before.content, contentOf(engine, assets)])
  return then.status === 'fulfilled' && now.status === 'fulfilled' && then.value === now.value
}

/** What the files of assets are: changes with any name, any byte, and another library. */
async function contentOf(engine: Engine, { rowIds }: Assets): Promise<string> {
  const hash = createHash('sha256')
  for (let at = 0; at < rowIds.length; at += CARDS) {
    const some = [...rowIds.subarray(at, at + CARDS)]
    for (const { id, sha256, file_name } of cardsSchema.parse(await engine.request('assets.cards', { rowIds: some })))
      hash.update(JSON.stringify([id, sha256, file_name]))
  }
  return hash.digest('hex')
}

/**
 * `startDrag` comes back when the drag is over, and Node runs no promises meanwhile, because it waits for the end of what called:
 * the window would get no answers. Node's own way of running what is due does so as long as the system drags.
 */
function goOnMeanwhile(): () => void {
  const { _tickCallback: runDue } = process as typeof process & { readonly _tickCallback?: () => void }
  const timer = setInterval(() => runDue?.(), EVERY_MS)
  return () => clearInterval(timer)
}
