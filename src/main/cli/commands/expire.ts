import { type Command, InvalidArgumentError } from 'commander'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { ExpiryReport } from '../../../shared/domain/lifecycle.ts'
import { type CommandContext, type LibraryOptions, libraryCommand } from '../commandContext.ts'
import { exitStatus } from '../exitStatus.ts'
import { formatBytes, printable } from '../output/text.ts'
import { resolveAssets } from '../resolveReferences.ts'
import { withLibrary } from '../withLibrary.ts'
import { change, printChange } from './organise.ts'

interface ExpireOptions extends LibraryOptions {
  readonly now?: string
  readonly force?: true
}

/** `vitrine expire`: ends what nobody kept, and what Trash has kept its time. */
export function expireCommand(context: CommandContext): Command {
  return libraryCommand('expire', 'clean up what has expired in the Workspace, and what Trash has kept its time')
    .option('--now <time>', 'act as if it were this time (ISO 8601)', isoTime)
    .option('--force', 'also what is held because the clock jumped or nobody was there')
    .action((options: ExpireOptions) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        const { now, force } = options
        const report = await engine.request('workspace.expire', { ...(now && { now }), ...(force && { force }) })
        if (options.json) context.terminal.json(report)
        else for (const line of reportLines(report)) context.terminal.line(line)
        return exitStatus.done
      }),
    )
}

function isoTime(text: string): string {
  const time = new Date(text)
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(time.getTime())) {
    throw new InvalidArgumentError('Give a time such as 2026-11-21T12:00:00Z.')
  }
  return time.toISOString()
}

function reportLines({ expired, purged, bytes, filesLeft, held }: ExpiryReport): string[] {
  return [
    `Expired: ${expired}. Removed for good: ${purged} (${formatBytes(bytes)}).`,
    ...(filesLeft > 0 ? [`${filesLeft} files could not be removed yet. It is tried again by itself.`] : []),
    ...(held
      ? [`Held until ${held.until}: ${held.assets}. Nobody was here since ${held.since}; --force ends it.`]
      : []),
  ]
}

/** `vitrine purge ID...`: removes assets in Trash for good. */
export function purgeCommand(context: CommandContext): Command {
  return libraryCommand('purge', 'remove assets in Trash for good')
    .argument('<asset...>', 'ids, or beginnings of ids')
    .action((references: string[], options: LibraryOptions) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        const { ids, failed } = await resolveAssets(engine, references, context.cwd)
        const result =
          ids.length > 0 ? await engine.request('trash.purge', { assets: { ids }, confirmed: ids.length }) : null
        return printChange(context, options, result, failed)
      }),
    )
}

/** `vitrine trash`: moves assets there, or empties it. */
export function trashCommand(context: CommandContext): Command {
  return libraryCommand('trash', 'move assets to Trash, or empty it')
    .argument('[asset...]', 'ids, beginnings of ids, or paths')
    .option('--empty', 'remove everything in Trash for good')
    .action((references: string[], options: LibraryOptions & { empty?: true }) => {
      if (options.empty !== true && references.length === 0) {
        throw new VitrineError('usage', 'Name assets to move to Trash, or empty it with --empty.')
      }
      if (options.empty === true && references.length > 0) {
        throw new VitrineError('usage', '--empty is for everything in Trash. For some of it: vitrine purge ID...')
      }
      if (options.empty === true) return emptyTrash(context, options)
      return change(context, references, options, (engine, ids) => engine.request('assets.trash', { assets: { ids } }))
    })
}

/** `vitrine trash --empty`. Who writes that has confirmed what is there now. */
function emptyTrash(context: CommandContext, options: LibraryOptions): Promise<void> {
  return withLibrary(context, options, 'oneshot', async (engine) => {
    const { trash } = await engine.request('lifecycle.status', undefined)
    const result = await engine.request('trash.empty', { confirmed: trash.assets })
    if (options.json) context.terminal.json(result)
    else context.terminal.line(`${printable(result.label)} (${formatBytes(result.bytes)}).`)
    return exitStatus.done
  })
}
