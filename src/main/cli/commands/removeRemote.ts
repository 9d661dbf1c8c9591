import { type Command, Option } from 'commander'
import { VitrineError } from '../../../shared/contract/errors.ts'
import { type Remote, type RemoteRole, remoteRoleSchema } from '../../../shared/domain/remote.ts'
import type { SharedEngine } from '../../engine/host/openOrJoin.ts'
import { type CommandContext, type LibraryOptions, libraryCommand } from '../commandContext.ts'
import { type ExitStatus, exitStatus } from '../exitStatus.ts'
import { count, formatBytes, printable } from '../output/text.ts'
import { KEY_HELP, type KeyOptions, provideSecrets, withKey } from '../remoteKeys.ts'
import { withLibrary } from '../withLibrary.ts'
import { resolveRemote } from './resolveRemote.ts'

interface RemoveOptions extends LibraryOptions, KeyOptions {
  readonly role?: RemoteRole
  readonly fetch?: true
  readonly leaveOriginals?: true
}

/** `vitrine remote remove`: not while files are only there, unless they are fetched or left on purpose. */
export function removeRemote(context: CommandContext): Command {
  return withKey(libraryCommand('remove', 'forget one; what it holds stays there'))
    .argument('[remote]', 'name, id, or the beginning of an id')
    .addOption(new Option('--role <role>', 'the one of this role').choices(remoteRoleSchema.options))
    .option('--fetch', 'first bring originals here that are only there')
    .option('--leave-originals', 'leave originals there that are not on this computer')
    .addHelpText('after', `\nCredentials are read from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.\n${KEY_HELP}`)
    .action((reference: string | undefined, options: RemoveOptions) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        if (options.fetch && options.leaveOriginals)
          throw new VitrineError('usage', 'Either --fetch or --leave-originals, not both.')
        const remote = await resolveRemote(engine, reference, options.role)
        if (options.fetch && !(await fetchAll(context, engine, remote, options))) return exitStatus.failed
        await forget(engine, remote, options.leaveOriginals === true)
        if (options.json) context.terminal.json(remote)
        else context.terminal.line(`Forgot ${printable(remote.name)}. What it holds is still there.`)
        return exitStatus.done satisfies ExitStatus
      }),
    )
}

/** Whether everything is here now. */
async function fetchAll(
  context: CommandContext,
  engine: SharedEngine,
  { id }: Remote,
  options: RemoveOptions,
): Promise<boolean> {
  const { terminal } = context
  await provideSecrets(context, engine, options)
  const before = await engine.request('remotes.onlyThere', { id })
  if (before.count === 0) return true
  terminal.note(`Fetching ${count(before.count, 'file')}, ${formatBytes(before.bytes)}…`)
  const { failed, failures, left } = await engine.request('remotes.fetchOnlyThere', { id })
  for (const { name, message, code } of failed) terminal.error(`${printable(name)}: ${message} (${code})`)
  if (failures > failed.length) terminal.error(`… and ${failures - failed.length} more`)
  if (left.count === 0) return true
  terminal.error(
    `${count(left.count, 'file')}, ${formatBytes(left.bytes)}, still only there. The remote was not removed.`,
  )
  return false
}

/** @throws {VitrineError} that says what to do about files that are only there. */
async function forget(engine: SharedEngine, { id }: Remote, leave: boolean): Promise<void> {
  try {
    await engine.request('remotes.remove', { id, leave })
  } catch (error) {
    if (!(error instanceof VitrineError) || typeof error.details?.bytes !== 'number') throw error
    throw new VitrineError(
      error.code,
      `${error.message} (${formatBytes(error.details.bytes)}; --fetch brings them here, --leave-originals leaves them)`,
      error.details,
    )
  }
}
