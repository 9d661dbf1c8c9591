import { existsSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { VitrineError } from '../../shared/contract/errors.ts'
import type { NewLibrary } from '../engine/engine.ts'
import type { EngineMode } from '../engine/host/engineDoor.ts'
import type { SharedEngine } from '../engine/host/openOrJoin.ts'

export interface OpeningWay {
  /** Makes the library, with this name. */
  readonly create?: NewLibrary
  /** Sets the catalogue aside and makes it anew, if nobody else has the library open. */
  readonly rebuild?: boolean
}

/** Opens a library here or joins the process that has it open. */
export type OpenLibraryFolder = (root: string, mode: EngineMode, way?: OpeningWay) => Promise<SharedEngine>

const MANIFEST = 'library.json'

/**
 * The library a command is about: the one named, else `$VITRINE_LIBRARY`, else the one that `cwd` is inside of.
 * @returns the folder's real path.
 * @throws {VitrineError} `library_not_found`, `library_invalid` when the folder is not a library.
 */
export function chooseLibrary(named: string | undefined, cwd: string, env: NodeJS.ProcessEnv): string {
  const chosen = named ?? (env.VITRINE_LIBRARY || undefined)
  if (chosen !== undefined) return libraryAt(resolve(cwd, chosen))
  const around = libraryAround(cwd)
  if (around !== null) return realpathSync(around)
  throw new VitrineError(
    'library_not_found',
    'Which library? Name it with --library DIR or in VITRINE_LIBRARY, or run this inside of one. `vitrine init DIR` makes a new one.',
  )
}

function libraryAt(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) {
    throw new VitrineError('library_not_found', `There is no library at ${path}. Make one with: vitrine init ${path}`)
  }
  if (!found.isDirectory()) throw new VitrineError('library_invalid', `${path} is a file, not a library folder.`)
  if (!existsSync(join(path, MANIFEST))) {
    throw new VitrineError(
      'library_invalid',
      `${path} is not a Vitrine library: it has no ${MANIFEST}. Make one with: vitrine init ${path}`,
    )
  }
  return realpathSync(path)
}

function libraryAround(folder: string): string | null {
  if (existsSync(join(folder, MANIFEST))) return folder
  const parent = dirname(folder)
  return parent === folder ? null : libraryAround(parent)
}
