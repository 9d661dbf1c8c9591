import { Command, InvalidArgumentError, Option } from 'commander'
import { LONGEST_SHARE_SECONDS, type Share, type ShareCheck } from '../../../shared/domain/share.ts'
import { type CommandContext, type LibraryOptions, libraryCommand } from '../commandContext.ts'
import { exitStatus } from '../exitStatus.ts'
import { formatTime, printable, table } from '../output/text.ts'
import { KEY_HELP, type KeyOptions, provideSecrets, withKey } from '../remoteKeys.ts'
import { resolveAsset } from '../resolveReferences.ts'
import { withLibrary } from '../withLibrary.ts'

const CREDENTIALS = `
Credentials are read from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
${KEY_HELP}`

/** `vitrine share …`: links to copies of single assets. */
export function shareCommand(context: CommandContext): Command {
  return new Command('share')
    .description('links to single assets, for others')
    .addCommand(check(context))
    .addCommand(create(context))
    .addCommand(list(context))
    .addCommand(revoke(context))
}

function check(context: CommandContext): Command {
  return libraryCommand('check', 'say what its file gives away beside what it shows')
    .argument('<asset>', 'id, beginning of an id, or path')
    .action((reference: string, options: LibraryOptions) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        const found = await engine.request('shares.check', { id: await resolveAsset(engine, reference, context.cwd) })
        if (options.json) context.terminal.json(found)
        else for (const line of checkLines(found)) context.terminal.line(line)
        return exitStatus.done
      }),
    )
}

interface CreateOptions extends LibraryOptions, KeyOptions {
  readonly public?: true
  readonly expires: number
  readonly stripped?: true
}

function create(context: CommandContext): Command {
  return withKey(libraryCommand('create', 'put a copy where its address leads, and print the address'))
    .argument('<asset>', 'id, beginning of an id, or path')
    .option('--public', 'an address in a public remote, which works until it is taken back')
    .addOption(
      new Option('--expires <span>', 'how long the link works: 30m, 12h or 7d')
        .argParser(secondsOf)
        .default(LONGEST_SHARE_SECONDS, '7d'),
    )
    .option('--stripped', 'the picture alone, drawn anew: without place, people, camera and prompts')
    .addHelpText('after', `\nWhat its file gives away is told by: vitrine share check${CREDENTIALS}`)
    .action((reference: string, options: CreateOptions) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        await provideSecrets(context, engine, options)
        const share = await engine.request('shares.create', {
          id: await resolveAsset(engine, reference, context.cwd),
          kind: options.public ? 'public' : 'presigned',
          expiresSeconds: options.expires,
          stripped: options.stripped === true,
        })
        if (options.json) context.terminal.json(share)
        else context.terminal.line(share.url)
        return exitStatus.done
      }),
    )
}

function list(context: CommandContext): Command {
  return libraryCommand('list', 'list links of this computer that work')
    .argument('[asset]', 'only those of an asset')
    .action((reference: string | undefined, options: LibraryOptions) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        const id = reference === undefined ? undefined : await resolveAsset(engine, reference, context.cwd)
        const shares = await engine.request('shares.list', id === undefined ? {} : { id })
        if (options.json) context.terminal.json({ shares })
        else for (const line of listLines(shares)) context.terminal.line(line)
        return exitStatus.done
      }),
    )
}

function revoke(context: CommandContext): Command {
  return withKey(libraryCommand('revoke', 'take links back: their addresses lead nowhere then'))
    .argument('<share...>', 'ids, as "vitrine share list" prints them')
    .addHelpText('after', CREDENTIALS)
    .action((ids: string[], options: LibraryOptions & KeyOptions) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        await provideSecrets(context, engine, options)
        const revoked: Share[] = []
        for (const id of ids) revoked.push(await engine.request('shares.revoke', { id }))
        if (options.json) context.terminal.json({ revoked })
        else for (const { name } of revoked) context.terminal.line(`Took back the link to ${printable(name)}`)
        return exitStatus.done
      }),
    )
}

const SECONDS = { m: 60, h: 3600, d: 86_400 } as const

/** Seconds of a span such as 30m, 12h or 7d, at most a week. */
function secondsOf(text: string): number {
  const [, number, unit] = /^(\d{1,5})([mhd])$/.exec(text) ?? []
  const seconds = Number(number) * SECONDS[(unit ?? 'm') as keyof typeof SECONDS]
  if (seconds >= 60 && seconds <= LONGEST_SHARE_SECONDS) return seconds
  throw new InvalidArgumentError('Give a span such as 30m, 12h or 7d, at most a week.')
}

function checkLines(found: ShareCheck): string[] {
  const tells = [
    ...(found.gps ? ['where it was taken'] : []),
    ...(found.names.length > 0 ? [`people: ${found.names.join(', ')}`] : []),
    ...(found.prompts ? ['how it was made, with its prompts'] : []),
    ...(found.serials.length > 0 ? [`serial numbers: ${found.serials.join(', ')}`] : []),
  ]
  const rows = [
    ['tells', tells.length === 0 ? 'nothing of places, people, cameras or prompts' : tells.join('; ')],
    ['--stripped', found.canStrip ? 'can be made' : 'can’t be made of it'],
    ['a link', found.presigned ?? 'can be made'],
    ['--public', found.public ?? 'can be made'],
  ]
  return table(
    [{ title: 'WHAT' }, { title: 'OF IT' }],
    rows.map((row) => row.map(printable)),
  ).slice(1)
}

function listLines(shares: readonly Share[]): string[] {
  const rows = shares.map(({ id, name, kind, expires_at, url }) => [
    id,
    printable(name),
    kind,
    expires_at === null ? 'no end' : formatTime(expires_at),
    url,
  ])
  return table([{ title: 'ID' }, { title: 'ASSET' }, { title: 'KIND' }, { title: 'UNTIL' }, { title: 'ADDRESS' }], rows)
}
