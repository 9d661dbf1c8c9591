import { VitrineError } from '../../shared/contract/errors.ts'
import type { EngineMode } from '../engine/host/engineDoor.ts'
import type { SharedEngine } from '../engine/host/openOrJoin.ts'
import type { CommandContext, LibraryOptions } from './commandContext.ts'
import type { ExitStatus } from './exitStatus.ts'
import { chooseLibrary } from './libraryChoice.ts'

/** A failure to open the library, which has an exit status of its own. */
export class OpeningError extends Error {
  override readonly name = 'OpeningError'
}

/** Opens the chosen library, runs the command on it and closes it, whatever happens. */
export async function withLibrary(
  context: CommandContext,
  options: LibraryOptions,
  mode: EngineMode,
  command: (engine: SharedEngine) => Promise<ExitStatus>,
): Promise<void> {
  let engine: SharedEngine
  try {
    engine = await context.open(chooseLibrary(options.library, context.cwd, context.env), mode)
  } catch (error) {
    throw new OpeningError('The library could not be opened.', { cause: error })
  }
  if (engine.info.recovered) {
    const { setAside, assets } = engine.info.recovered
    context.terminal.warn(
      `The catalogue was damaged and has been rebuilt (${assets} assets). The damaged file is kept: ${setAside}`,
    )
  }
  const lost = engine.lost.then((reason): never => {
    throw new VitrineError(reason.code, reason.message, reason.details, { cause: reason })
  })
  try {
    context.finish(await Promise.race([command(engine), lost]))
  } finally {
    await engine.close()
  }
}
