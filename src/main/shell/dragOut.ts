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

export interface DragOut {
  /** Lets the pointer carry copies of these assets' files to another program. Rejects with what kept them from being made. */
  begin(contents: WebContents, assets: RequestInput<'shell.dragOut'>['assets']): Promise<void>
  /** Removes the copies of all drags. */
  close(): void
}

/**
 * Drags to other programs. They are given copies and never an original: a file manager moves what is dropped on it within
 * one disk, and an editor writes to it. The copies live until the program ends, because nobody tells when they were taken.
 */
export function createDragOut(engine: Engine, iconOf: (path: string) => Promise<NativeImage>): DragOut {
  let root: string | null = null
  let drags = 0
  return {
    async begin(contents, assets) {
      root ??= mkdtempSync(join(tmpdir(), 'vitrine-drag-'))
      const folder = join(root, String(++drags))
      mkdirSync(folder)
      const request = { assets, export: { format: 'original', names: '{name}' }, folder }
      const made = exportRequests['export.files'].output.parse(await engine.request('export.files', request))
      const files = readdirSync(folder).map((name) => join(folder, name))
      const [file] = files
      if (made.files === 0 || file === undefined) {
        const [failure] = made.failures
        if (failure) throw new VitrineError(failure.code, `${failure.fileName}: ${failure.message}`)
        return
      }
      contents.startDrag({ file, files, icon: await iconOf(file) })
    },
    close() {
      if (root !== null) rmSync(root, { recursive: true, force: true })
      root = null
    },
  }
}
