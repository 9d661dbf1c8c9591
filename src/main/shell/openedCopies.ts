import { type FSWatcher, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, watch } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { toErrorData, VitrineError } from '../../shared/contract/errors.ts'
import { exportRequests } from '../../shared/contract/requests/exportRequests.ts'
import type { AssetId } from '../../shared/domain/ids.ts'
import type { Log } from './log.ts'

/** A program may write a file in many steps: it is read once nothing has happened to it for this long (milliseconds). */
const QUIET_MS = 1_000

interface OpenedCopiesParts {
  readonly engine: { request(name: 'export.files' | 'versions.add', input: unknown): Promise<unknown> }
  /** Told when what was saved in another program has become a version; `problem` says why it could not. */
  readonly onSaved: (saved: { readonly fileName: string; readonly problem: string | null }) => void
  readonly log: Log
}

/** Copies of originals that other programs have open. */
export interface OpenedCopies {
  /**
   * Makes a copy for another program to open. What is saved there becomes a new version of the asset, so that the original is
   * neither changed nor lost. Rejects with what kept the copy from being made.
   * @returns its absolute path
   */
  open(asset: { readonly id: AssetId; readonly row_id: number }): Promise<string>
  /** Takes in what was saved last, and removes the copies. */
  close(): Promise<void>
}

interface Copy {
  readonly id: AssetId
  readonly path: string
  readonly watcher: FSWatcher
  /** What it was like when it was made or last taken in. */
  known: string
  timer: NodeJS.Timeout | undefined
  taking: Promise<void>
}

export function createOpenedCopies({ engine, onSaved, log }: OpenedCopiesParts, quiet = QUIET_MS): OpenedCopies {
  let root: string | null = null
  let count = 0
  const copies: Copy[] = []

  const take = async (copy: Copy) => {
    const look = lookOf(copy.path)
    if (look === null || look === copy.known) return
    copy.known = look
    const fileName = basename(copy.path)
    try {
      await engine.request('versions.add', { id: copy.id, path: copy.path })
      onSaved({ fileName, problem: null })
    } catch (thrown) {
      log.warn('opened', `${copy.path} could not be made a version`, thrown)
      onSaved({ fileName, problem: toErrorData(thrown).message })
    }
  }
  const takeSoon = (copy: Copy) => {
    clearTimeout(copy.timer)
    copy.timer = setTimeout(() => {
      copy.timer = undefined
      copy.taking = copy.taking.then(() => take(copy))
    }, quiet)
  }

  return {
    async open({ id, row_id: rowId }) {
      root ??= mkdtempSync(join(tmpdir(), 'vitrine-open-'))
      const folder = join(root, String(++count))
      mkdirSync(folder)
      const request = {
        assets: { rowIds: Int32Array.of(rowId) },
        export: { format: 'original', names: '{name}' },
        folder,
      }
      const made = exportRequests['export.files'].output.parse(await engine.request('export.files', request))
      const [name] = readdirSync(folder)
      if (name === undefined) {
        const [failure] = made.failures
        throw failure
          ? new VitrineError(failure.code, `${failure.fileName}: ${failure.message}`)
          : new VitrineError('not_found', 'The asset has no file to open.')
      }
      const path = join(folder, name)
      // The folder, because many programs save by putting a new file in the place of the old one.
      const copy: Copy = {
        id,
        path,
        watcher: watch(folder, () => takeSoon(copy)),
        known: lookOf(path) ?? '',
        timer: undefined,
        taking: Promise.resolve(),
      }
      copy.watcher.on('error', (error) => log.warn('opened', `${path} can't be watched`, error))
      copies.push(copy)
      return path
    },
    async close() {
      for (const copy of copies.splice(0)) {
        copy.watcher.close()
        clearTimeout(copy.timer)
        await copy.taking
        await take(copy)
      }
      if (root !== null) rmSync(root, { recursive: true, force: true })
      root = null
    },
  }
}

/** What tells a saved file from what it was; null while there is none. */
function lookOf(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false })
  return found === undefined ? null : `${found.size} ${found.mtimeMs} ${found.ino}`
}
