import type { Command } from 'commander'
import type { RemoteRole } from '../../../shared/domain/remote.ts'
import { type CommandContext, type LibraryOptions, libraryCommand } from '../commandContext.ts'
import { provideCredentials } from '../environmentCredentials.ts'
import { withLibrary } from '../withLibrary.ts'
import { conclude, importSettled, printImportReport } from './followImport.ts'
import { resolveRemote } from './resolveRemote.ts'

interface AdoptOptions extends LibraryOptions {
  readonly keep?: true
  readonly collections: boolean
}

const LIBRARY: RemoteRole = 'library'

/** `vitrine remote adopt`: what other programs have put into the library's bucket, taken in where it is. */
export function adoptBucket(context: CommandContext): Command {
  return libraryCommand('adopt', 'take files that other programs put into the bucket into the library, where they are')
    .argument('[remote]', 'name, id, or the beginning of an id')
    .option('--keep', 'keep a copy of each on this computer')
    .option('--no-collections', 'make no collections of the folders')
    .addHelpText(
      'after',
      '\nNothing in the bucket is moved, changed or deleted. Run it again to take in what is new or changed since.' +
        '\nCredentials are read from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    )
    .action((reference: string | undefined, options: AdoptOptions) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        const { id } = await resolveRemote(engine, reference, LIBRARY)
        await provideCredentials(engine, context.env)
        const started = await engine.request('remotes.adopt', {
          id,
          keep: options.keep === true,
          organise: options.collections,
        })
        const held = await importSettled(context, engine, started.id, true)
        const report = await engine.request('imports.report', { id: started.id })
        // Thumbnails and what others have to know go to the bucket; what came only to be read goes from here.
        const synced = held || context.interrupted.aborted ? null : await engine.request('sync.once', undefined)
        if (options.json) context.terminal.json(report)
        else printImportReport(context, report)
        for (const { path, code, message } of synced?.errors ?? []) {
          context.terminal.error(`${path === '' ? '' : `${path}: `}${message} (${code})`)
        }
        const isWhole = synced?.errors.length === 0
        return conclude(context, engine, started.id, report, { held: held || !isWhole, isWhole })
      }),
    )
}
