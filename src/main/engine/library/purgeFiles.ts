import { rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { VitrineError } from '../../../shared/contract/errors.ts'
import { thumbnailSizes } from '../../../shared/domain/asset.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { FileRemoval } from '../catalog/lifecycle.repository.ts'
import { thumbnailPath } from '../catalog/thumbnailPath.ts'
import { fileError } from '../disk/fileError.ts'
import type { Clock } from '../ports.ts'
import { drawingsOf } from './drawings.ts'
import { systemCode } from './import/fileErrors.ts'
import { syncFolders } from './import/placeOriginal.ts'
import { describedName } from './import/placeSidecar.ts'
import type { LibraryFolder } from './libraryFolder.ts'
import { longChangesOf } from './longChanges.ts'
import { posterPath } from './posterPath.ts'

export interface FileRemoverOptions {
  readonly catalog: Catalog
  readonly clock: Clock
  readonly folder: LibraryFolder
  /** Runs work while nothing else happens to the same bytes: no import places or counts on them meanwhile. */
  readonly exclusively: <T>(sha256: string, work: () => Promise<T>) => Promise<T>
  /** Deletes one file; one that is not there is no error. */
  readonly remove?: ((path: string) => Promise<void>) | undefined
  readonly onChange: () => void
  readonly onDefect: (error: unknown) => void
}

/** Removes the files of assets that are gone for good, also those that an earlier process did not get to. */
export interface FileRemover {
  /** What stands in the way of files that could not be removed, for a person; null while nothing does. */
  readonly problem: string | null
  /** Removes what can be removed now. Resolves when all has been tried once. */
  work(): Promise<void>
  close(): Promise<void>
}

const BATCH = 64
/** As many take long enough to say how far it is. */
const MANY = 2000
const RETRY_MS = 10 * 60_000
/** A stored file: below `originals/`, and nowhere else whatever a journal says. */
const STORED = /^originals\/(?:(?!\.{1,2}\/)[^/\\\0]+\/)*(?!\.{1,2}$)[^/\\\0]+$/
const MADE_OF_BYTES = 'cache/thumbs/'

/** See `FileRemover`. Each removal is struck off only when the disk has forgotten the file. */
export function createFileRemover(options: FileRemoverOptions): FileRemover {
  const { catalog, clock, folder } = options
  const { lifecycle } = catalog
  const remove = options.remove ?? ((path: string) => rm(path, { force: true }))
  let problem: string | null = null
  let running: Promise<void> | null = null
  let again = false
  let closed = false
  let cancelRetry: (() => void) | null = null

  const run = async (): Promise<void> => {
    const total = lifecycle.countRemovals()
    // The record first: a catalogue that is rebuilt without it would have assets whose files are gone.
    if (total > 0) catalog.journal.seal()
    const shown = total > MANY ? longChangesOf(catalog).begin('files', total, false) : null
    try {
      await removeAll((tried) => shown?.advance(tried))
    } finally {
      shown?.end()
    }
  }
  const removeAll = async (onTried: (tried: number) => void): Promise<void> => {
    let tried = 0
    // A folder of originals on a disk that is not there now says nothing of what is on it.
    const there = await stat(folder.originals).catch(() => null)
    let trouble = there === null ? `“${folder.originals}” is not there.` : null
    let firstProblem: string | null = null
    let after = ''
    while (!closed && trouble === null) {
      const batch = lifecycle.removals(BATCH, after)
      const last = batch.at(-1)
      if (last === undefined) break
      after = last.path
      const outcomes = await Promise.all(batch.map(one))
      const done = batch.filter((_, index) => outcomes[index] === null)
      firstProblem ??= outcomes.find((outcome) => outcome !== null) ?? null
      await syncFolders(
        new Set(done.flatMap(({ path }) => (STORED.test(path) ? dirname(join(folder.root, path)) : []))),
      ).catch(ignoreAbsent)
      lifecycle.settleRemovals(done.map(({ path }) => path))
      tried += batch.length
      onTried(tried)
    }
    trouble ??= firstProblem
    if (problem !== trouble) {
      problem = trouble
      options.onChange()
    }
    cancelRetry?.()
    cancelRetry = trouble === null || closed ? null : clock.after(RETRY_MS, () => void start())
  }
  /** @returns null when the file is gone or has another owner, else why not, for a person */
  const one = async ({ path, sha256 }: FileRemoval): Promise<string | null> => {
    try {
      await options.exclusively(sha256, async () => {
        if (path.startsWith(MADE_OF_BYTES)) {
          if (!lifecycle.hasContent(sha256)) {
            for (const made of madeOf(sha256)) await remove(made)
            await rm(drawingsOf(folder, sha256), { recursive: true, force: true })
          }
        } else if (STORED.test(path) && !lifecycle.isStoredFileUsed(path, describedBy(path))) {
          await remove(join(folder.root, path))
        }
      })
      return null
    } catch (error) {
      if (['ENOENT', 'ENOTDIR'].includes(systemCode(error))) return null
      const typed = fileError(error, join(folder.root, path))
      if (!(typed instanceof VitrineError)) throw error
      return typed.message
    }
  }
  const madeOf = (sha256: FileRemoval['sha256']): string[] => [
    ...thumbnailSizes.map((size) => join(folder.root, thumbnailPath(sha256, size))),
    posterPath(folder, sha256),
  ]
  const start = (): Promise<void> => {
    if (running !== null) {
      // What is added now may stand before where the present run has got to.
      again = true
      return running
    }
    running = (async () => {
      do {
        again = false
        await run()
      } while (again && !closed)
    })()
      .catch(options.onDefect)
      .finally(() => {
        running = null
      })
    return running
  }

  return {
    get problem() {
      return problem
    },
    work: () => (closed ? Promise.resolve() : start()),
    async close() {
      closed = true
      cancelRetry?.()
      await running
    },
  }
}

/** The original that a stored sidecar stands beside, and the digits of the hash in its name. */
function describedBy(path: string): { readonly original: string; readonly digits: string } | null {
  const name = describedName(basename(path))
  if (name === null) return null
  const digits = /\.([0-9a-f]{12,64})(?:\.[a-z0-9]{1,16})?$/.exec(name)?.[1]
  return digits === undefined ? null : { original: `${dirname(path)}/${name}`, digits }
}

function ignoreAbsent(error: unknown): void {
  if (!['ENOENT', 'ENOTDIR'].includes(systemCode(error))) throw error
}
