import type { Command } from 'commander'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { RequestOutput } from '../../../shared/contract/requests.ts'
import type { SyncStatus } from '../../../shared/domain/remote.ts'
import type { SharedEngine } from '../../engine/host/openOrJoin.ts'
import { agreeToRemovals } from '../agreeToRemovals.ts'
import { type CommandContext, type LibraryOptions, libraryCommand } from '../commandContext.ts'
import { type ExitStatus, exitStatus } from '../exitStatus.ts'
import { count, formatBytes, printable } from '../output/text.ts'
import { KEY_HELP, type KeyOptions, provideSecrets, withKey } from '../remoteKeys.ts'
import { untilInterrupted } from '../untilInterrupted.ts'
import { withLibrary } from '../withLibrary.ts'

type SyncReport = RequestOutput<'sync.once'>

/** `vitrine sync`: with `--once` until nothing is left to do, else until it is interrupted. */
export function syncCommand(context: CommandContext): Command {
  return withKey(libraryCommand('sync', 'bring buckets and library into step; without --once, until interrupted'))
    .option('--once', 'return when nothing is left that can be done now')
    .option(
      '--confirm-removals <device...>',
      'with --once: agree to what devices, by name or id, remove here, however much it is',
    )
    .addHelpText('after', `\nCredentials are read from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.\n${KEY_HELP}`)
    .action((options: LibraryOptions & KeyOptions & { once?: true; confirmRemovals?: string[] }) =>
      withLibrary(context, options, options.once ? 'oneshot' : 'serve', async (engine) => {
        if (options.confirmRemovals && !options.once)
          throw new VitrineError('usage', '--confirm-removals goes with --once.')
        const stop = engine.on((event) => {
          if (event.name === 'sync.changed') context.terminal.progress(statusLine(event.payload))
        })
        try {
          await provideSecrets(context, engine, options)
          return await (options.once ? syncOnce(context, engine, options) : syncOn(context, engine))
        } finally {
          stop()
          context.terminal.progress('')
        }
      }),
    )
}

/** Runs sync until nothing is left to do, and prints what it did. */
export async function syncOnce(
  context: CommandContext,
  engine: SharedEngine,
  options: { readonly json?: true; readonly confirmRemovals?: readonly string[] },
): Promise<ExitStatus> {
  const names = options.confirmRemovals ?? []
  const sync = engine.request('sync.once', undefined).then((first) => agreeToRemovals(engine, names, first))
  const report = await Promise.race([sync, untilInterrupted(context)])
  if (!report) {
    context.terminal.note('Stopped. What was not uploaded waits for the next sync.')
    return exitStatus.failed
  }
  const { message } = await engine.request('sync.status', undefined)
  if (report.errors.length === 0 && message !== null) context.terminal.note(message)
  if (options.json) context.terminal.json(report)
  else {
    printRefusals(context, await engine.request('workspace.remotes', undefined))
    printReport(context, report)
  }
  for (const { path, code } of report.errors) {
    if (code === 'removals')
      context.terminal.note(
        `To agree to that: vitrine sync --once --confirm-removals ${JSON.stringify(printable(path))}`,
      )
  }
  return report.errors.length === 0 ? exitStatus.done : exitStatus.failed
}

/** Leaves the work to the engine's own loop and says where it stands each time that changes. */
async function syncOn(context: CommandContext, engine: SharedEngine): Promise<ExitStatus> {
  const { terminal } = context
  let last = ''
  const say = (status: SyncStatus) => {
    if (status.state === last) return
    last = status.state
    terminal.note(statusLine(status))
  }
  const stop = engine.on((event) => {
    if (event.name === 'sync.changed') say(event.payload)
  })
  await engine.request('sync.now', undefined)
  say(await engine.request('sync.status', undefined))
  await untilInterrupted(context)
  stop()
  return exitStatus.done
}

function statusLine({ state, waiting, uploading, synced, attention, bytesWaiting, message }: SyncStatus): string {
  const words = {
    'no-remote': 'No bucket or folder has been added. See: vitrine remote add --help',
    'up-to-date': `Up to date: ${count(synced, 'asset')}`,
    working: `Syncing: ${waiting + uploading} to upload, ${formatBytes(bytesWaiting)}`,
    offline: `Offline: ${waiting} waiting`,
    paused: `Paused: ${waiting} waiting`,
    attention: `${count(attention, 'asset')} can't be uploaded`,
  } as const
  return message === null ? words[state] : `${words[state]}. ${message}`
}

/** What generators have written that the Workspace does not take. */
function printRefusals({ terminal }: CommandContext, remotes: RequestOutput<'workspace.remotes'>): void {
  for (const { refused, refusals } of remotes) {
    for (const { key, message } of refusals) terminal.note(`Left there: ${printable(key)}. ${message}`)
    if (refused > refusals.length) terminal.note(`… and ${refused - refusals.length} more`)
  }
}

function printReport({ terminal }: CommandContext, report: SyncReport): void {
  for (const { path, code, message } of report.errors) terminal.error(`${path}: ${message} (${code})`)
  const parts = [`${report.uploaded} uploaded`, `${report.downloaded} downloaded`, `${report.applied} changes applied`]
  if (report.arrived > 0) parts.unshift(`${count(report.arrived, 'file')} arrived`)
  if (report.conflicts > 0) parts.push(count(report.conflicts, 'conflict'))
  if (report.pending > 0) parts.push(`${report.pending} pending`)
  terminal.line(terminal.bold(parts.join(', ')))
}
