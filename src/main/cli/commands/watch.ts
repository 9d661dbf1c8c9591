import type { Command } from 'commander'
import type { EngineEvent } from '../../engine/host/engineDoor.ts'
import type { SharedEngine } from '../../engine/host/openOrJoin.ts'
import { type CommandContext, type LibraryOptions, libraryCommand } from '../commandContext.ts'
import { type ExitStatus, exitStatus } from '../exitStatus.ts'
import { provideSecrets } from '../remoteKeys.ts'
import { untilInterrupted } from '../untilInterrupted.ts'
import { withLibrary } from '../withLibrary.ts'

/** `vitrine watch`: everything a window's engine does, with the events as newline-delimited JSON. */
export function watchCommand(context: CommandContext): Command {
  return libraryCommand('watch', 'watch the drop folder; print events as newline-delimited JSON')
    .option('--once', 'end when the drop folder is drained')
    .action((options: LibraryOptions & { once?: true }) =>
      withLibrary(context, options, 'serve', (engine) => watch(context, engine, options.once === true)),
    )
}

async function watch(context: CommandContext, engine: SharedEngine, once: boolean): Promise<ExitStatus> {
  const { terminal } = context
  const print = (event: string, data: object) =>
    terminal.write(`${JSON.stringify({ event, at: new Date().toISOString(), ...data })}\n`)
  // One after the other, so that lines come in the order of what happened.
  let printing = Promise.resolve()
  const failed = Promise.withResolvers<never>()
  const stop = engine.on((event) => {
    printing = printing.then(async () => print(event.name, await describe(engine, event)))
    printing.catch(failed.reject)
  })
  try {
    print('watching', { library: engine.info })
    await provideSecrets(context, engine)
    const end = once ? engine.request('imports.drained', undefined) : untilInterrupted(context)
    await Promise.race([end, untilInterrupted(context), failed.promise])
    await printing
    if (!once || context.interrupted.aborted) return exitStatus.done
    const imports = (await engine.request('imports.list', undefined)).filter(({ source }) => source === 'drop-folder')
    print('drained', { imports })
    return imports.some((summary) => summary.failed > 0) ? exitStatus.failed : exitStatus.done
  } finally {
    stop()
  }
}

/** The payload under the names that mean something outside of the program: assets by id instead of by row. */
async function describe(engine: SharedEngine, event: EngineEvent): Promise<object> {
  switch (event.name) {
    case 'catalog.changed': {
      const { revision, rowIds } = event.payload
      return { revision, assets: rowIds === null ? null : await engine.request('assets.cards', { rowIds }) }
    }
    case 'imports.changed':
      return { imports: event.payload }
    case 'longChanges.changed':
      return { changes: event.payload }
    case 'sync.changed':
      return { sync: event.payload }
    case 'lifecycle.changed':
      return { lifecycle: event.payload }
    case 'storage.changed':
      return { quotas: event.payload }
    case 'watchedFolders.changed':
      return { folders: event.payload }
    case 'library.changed':
      return { library: event.payload }
    case 'care.changed':
      return { care: event.payload }
  }
}
