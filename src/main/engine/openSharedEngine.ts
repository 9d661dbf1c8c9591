import { realpathSync } from 'node:fs'
import { VitrineError } from '../../shared/contract/errors.ts'
import type { OpeningWork } from '../../shared/contract/requests/openingWork.ts'
import { fileError } from './disk/fileError.ts'
import { createEngine, type NewLibrary } from './engine.ts'
import type { EngineMode } from './host/engineDoor.ts'
import { openOrJoin, type SharedEngine } from './host/openOrJoin.ts'
import { isLibrary } from './library/openLibrary.ts'
import type { PosterFrames } from './ports.ts'

export interface OpenSharedEngineOptions {
  /** The library folder, which must exist. */
  readonly root: string
  readonly mode: EngineMode
  /** Makes the library if the folder has none. */
  readonly create?: NewLibrary | undefined
  /** Sets the catalogue aside and makes it anew, if nobody has the library open. */
  readonly rebuild?: boolean | undefined
  readonly version: string
  /** The program that a media worker runs. */
  readonly mediaProgram: string
  /** Told of what takes long, also while this thread does nothing else. */
  readonly onOpening?: ((work: OpeningWork) => void) | undefined
  /** Whoever has a window in which Chromium plays films. */
  readonly posterFrames?: PosterFrames | undefined
}

/**
 * Opens a library with a real engine, here or in the process that has it open.
 * @throws {VitrineError} whatever keeps the library from being opened; nothing is written into a folder that is none.
 */
export async function openSharedEngine({ mode, version, ...options }: OpenSharedEngineOptions): Promise<SharedEngine> {
  const root = realFolder(options.root)
  if (options.create === undefined && !isLibrary(root)) throw notALibrary(root)
  return openOrJoin({
    root,
    mode,
    version,
    openEngine: () => createEngine({ ...options, root, serving: mode === 'serve' }),
  })
}

function realFolder(path: string): string {
  try {
    return realpathSync(path)
  } catch (error) {
    const typed = fileError(error, path)
    throw typed instanceof VitrineError && typed.code === 'file_vanished' ? notALibrary(path) : typed
  }
}

function notALibrary(path: string): VitrineError {
  return new VitrineError('library_not_found', `There is no Vitrine library in “${path}”.`, { path })
}
