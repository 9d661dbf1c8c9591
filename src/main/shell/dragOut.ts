import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NativeImage, WebContents } from 'electron'
import { VitrineError } from '../../shared/contract/errors.ts'
import { exportRequests } from '../../shared/contract/requests/exportRequests.ts'
import type { RequestInput } from '../../shared/contract/requests.ts'

interface Engine {
  request(name: 'export.files', input: unknown): Promise<unknown>
}

/** How often promises are looked after while the system drags. */
const EVERY_MS = 10

type Assets = RequestInput<'shell.prepareDrag'>['assets']

interface DragOutParts {
  readonly engine: Engine
  /** What the pointer carries: a picture for a file. */
  readonly iconOf: (path: string) => Promise<NativeImage>
  /** Told what is carried, and with null that it is over where the system says so. @param sender id of the page it came from */
  readonly onCarried: (sender: number, rowIds: readonly number[] | null) => void
}

export interface DragOut {
  /** Makes copies of these assets' files for a page. Rejects with what kept them from being made. @returns null for none */
  prepare(sender: number, assets: Assets): Promise<number | null>
  /** Lets the pointer carry what was prepared for this page. @returns whether the drag is over by now */
  begin(contents: Pick<WebContents, 'id' | 'startDrag'>, drag: number): boolean
  /** Removes the copies of all drags. */
  close(): void
}

interface Prepared {
  readonly sender: number
  readonly folder: string
  readonly files: string[]
  readonly icon: NativeImage
  readonly rowIds: readonly number[]
}

/**
 * Drags to other programs. They are given copies and never an original: a file manager moves what is dropped on it within
 * one disk, and an editor writes to it. The copies of a drag that took place live until the program ends, because nobody tells
 * when they were taken.
 *
 * @param blocking whether the system's drag is over when Electron's `startDrag` comes back: everywhere but on macOS
 */
export function createDragOut(parts: DragOutParts, blocking = process.platform !== 'darwin'): DragOut {
  let root: string | null = null
  let drags = 0
  const waiting = new Map<number, Prepared>()
  return {
    async prepare(sender, assets) {
      for (const [drag, { folder, ...other }] of waiting) {
        if (other.sender !== sender) continue
        waiting.delete(drag)
        rmSync(folder, { recursive: true, force: true })
      }
      root ??= mkdtempSync(join(tmpdir(), 'vitrine-drag-'))
      const drag = ++drags
      const folder = join(root, String(drag))
      mkdirSync(folder)
      const request = { assets, export: { format: 'original', names: '{name}' }, folder }
      const made = exportRequests['export.files'].output.parse(await parts.engine.request('export.files', request))
      const files = readdirSync(folder).map((name) => join(folder, name))
      const [file] = files
      if (made.files === 0 || file === undefined) {
        const [failure] = made.failures
        if (failure) throw new VitrineError(failure.code, `${failure.fileName}: ${failure.message}`)
        return null
      }
      const icon = await parts.iconOf(file)
      waiting.set(drag, { sender, folder, files, icon, rowIds: [...assets.rowIds] })
      return drag
    },
    begin(contents, drag) {
      const prepared = waiting.get(drag)
      const [file] = prepared?.files ?? []
      if (prepared?.sender !== contents.id || file === undefined)
        throw new VitrineError('not_found', 'What was to be carried is not there any more. Drag it once more.')
      waiting.delete(drag)
      const { files, icon, rowIds } = prepared
      parts.onCarried(contents.id, rowIds)
      const stop = goOnMeanwhile()
      try {
        contents.startDrag({ file, files, icon })
      } finally {
        stop()
      }
      if (blocking) parts.onCarried(contents.id, null)
      return blocking
    },
    close() {
      waiting.clear()
      if (root !== null) rmSync(root, { recursive: true, force: true })
      root = null
    },
  }
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
