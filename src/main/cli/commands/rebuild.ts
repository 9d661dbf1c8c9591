import type { Command } from 'commander'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { SharedEngine } from '../../engine/host/openOrJoin.ts'
import { type CommandContext, type LibraryOptions, libraryCommand } from '../commandContext.ts'
import { exitStatus } from '../exitStatus.ts'
import { chooseLibrary } from '../libraryChoice.ts'
import { count, printable } from '../output/text.ts'
import { OpeningError } from '../withLibrary.ts'

/** `vitrine rebuild`: the catalogue anew from the journal and the originals; the old one is kept. */
export function rebuildCommand(context: CommandContext): Command {
  return libraryCommand('rebuild', 'make the catalogue anew from journal and originals').action(
    async (options: LibraryOptions) => {
      const began = performance.now()
      const engine = await openRebuilt(context, options)
      try {
        const { recovered } = await engine.request('library.recover', undefined)
        const stats = await engine.request('library.stats', undefined)
        const result = {
          assets: stats.total.assets + stats.trash.assets,
          recovered,
          setAside: engine.info.recovered?.setAside ?? null,
          seconds: Math.round(performance.now() - began) / 1000,
        }
        if (options.json) context.terminal.json(result)
        else {
          context.terminal.line(`Rebuilt the catalogue: ${count(result.assets, 'asset')} in ${result.seconds} s.`)
          if (recovered > 0)
            context.terminal.line(`${count(recovered, 'original')} had no record and are assets again.`)
          if (result.setAside !== null) {
            context.terminal.line(`The catalogue that was there is kept: ${printable(result.setAside)}`)
          }
        }
        context.finish(exitStatus.done)
      } finally {
        await engine.close()
      }
    },
  )
}

async function openRebuilt(context: CommandContext, options: LibraryOptions): Promise<SharedEngine> {
  try {
    const root = chooseLibrary(options.library, context.cwd, context.env)
    const engine = await context.open(root, 'oneshot', { rebuild: true })
    if (engine.isOwner) return engine
    await engine.close()
    throw new VitrineError(
      'library_busy',
      'The library is open in another program, and its catalogue can’t be rebuilt while it is used. Close Vitrine and other commands first.',
    )
  } catch (error) {
    throw new OpeningError('The library could not be opened.', { cause: error })
  }
}
