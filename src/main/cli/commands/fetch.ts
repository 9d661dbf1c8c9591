import type { Command } from 'commander'
import { type CommandContext, type LibraryOptions, libraryCommand } from '../commandContext.ts'
import { exitStatus } from '../exitStatus.ts'
import { count } from '../output/text.ts'
import { KEY_HELP, type KeyOptions, provideSecrets, withKey } from '../remoteKeys.ts'
import { resolveAssets } from '../resolveReferences.ts'
import { withLibrary } from '../withLibrary.ts'

/** `vitrine fetch ID...`: originals that are only in the bucket. */
export function fetchCommand(context: CommandContext): Command {
  return withKey(libraryCommand('fetch', 'bring originals here that are only in the bucket'))
    .argument('<asset...>', 'ids, beginnings of ids, or paths')
    .addHelpText('after', `\nCredentials are read from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.\n${KEY_HELP}`)
    .action((references: string[], options: LibraryOptions & KeyOptions) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        await provideSecrets(context, engine, options)
        const { ids, failed } = await resolveAssets(engine, references, context.cwd)
        const report =
          ids.length === 0 ? { fetched: [], here: [], failed: [] } : await engine.request('sync.fetch', { ids })
        if (options.json) context.terminal.json({ ...report, unknown: failed })
        else {
          for (const { item, message } of failed) context.terminal.error(`${item}: ${message}`)
          for (const { id, message, code } of report.failed) context.terminal.error(`${id}: ${message} (${code})`)
          context.terminal.line(
            `${count(report.fetched.length, 'original')} fetched, ${report.here.length} here already`,
          )
        }
        return report.failed.length + failed.length === 0 ? exitStatus.done : exitStatus.failed
      }),
    )
}
