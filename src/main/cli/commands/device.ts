import { Command } from 'commander'
import { type CommandContext, type LibraryOptions, libraryCommand } from '../commandContext.ts'
import { exitStatus } from '../exitStatus.ts'
import { type Device, findDevice } from '../findDevice.ts'
import { formatTime, printable, table } from '../output/text.ts'
import { KEY_HELP, type KeyOptions, provideSecrets, withKey } from '../remoteKeys.ts'
import { withLibrary } from '../withLibrary.ts'

/** `vitrine device …`: the other devices of a library. */
export function deviceCommand(context: CommandContext): Command {
  return new Command('device')
    .description('other devices of the library')
    .addCommand(list(context))
    .addCommand(retire(context))
}

function list(context: CommandContext): Command {
  return withKey(libraryCommand('list', 'when each was last heard of, and what waits for it'))
    .addHelpText('after', HELP)
    .action((options: LibraryOptions & KeyOptions) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        await provideSecrets(context, engine, options)
        const devices = await engine.request('sync.lookAtDevices', undefined)
        if (options.json) context.terminal.json({ devices })
        else printDevices(context, devices)
        return exitStatus.done
      }),
    )
}

function retire(context: CommandContext): Command {
  return withKey(libraryCommand('retire', 'say for good that one is lost, so that nobody waits for it'))
    .argument('<device>', 'what it is called, or its id')
    .addHelpText(
      'after',
      `
A day later, what was removed for good goes from the bucket without its consent. If it comes back, it counts as a new
device and sends what was done on it; only originals that were removed for good elsewhere meanwhile, and that it had
left to the bucket, can’t come back.
${HELP}`,
    )
    .action((reference: string, options: LibraryOptions & KeyOptions) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        await provideSecrets(context, engine, options)
        const { id, name } = findDevice(await engine.request('sync.lookAtDevices', undefined), reference)
        await engine.request('sync.retireDevice', { device: id })
        if (options.json) context.terminal.json({ id, name, retired: true })
        else context.terminal.line(`Retired ${printable(name ?? id)}. Nothing waits for it any more from tomorrow on.`)
        return exitStatus.done
      }),
    )
}

const HELP = `\nCredentials are read from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.\n${KEY_HELP}`

function printDevices({ terminal }: CommandContext, devices: readonly Device[]): void {
  const columns = [{ title: 'ID' }, { title: 'NAME' }, { title: 'LAST HEARD OF' }, { title: 'STATE' }]
  const rows = devices.map((device) => [
    device.id,
    device.name ?? '',
    device.heard_at === null ? 'never' : formatTime(device.heard_at),
    stateOf(device),
  ])
  for (const line of table(columns, rows)) terminal.line(line)
}

function stateOf({ retired, problem, question, holds_up_removals: holdsUp }: Device): string {
  if (retired) return 'retired'
  if (question !== null) return `has removed ${question.removals} assets, which waits for you`
  if (problem !== null) return 'stopped'
  return holdsUp ? 'removals wait for it' : ''
}
