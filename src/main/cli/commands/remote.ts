import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { RequestInput } from '../../../shared/contract/requests.ts'
import {
  type Remote,
  type RemotePolicy,
  type RemotePolicyChange,
  type RemoteRole,
  type RemoteTest,
  remotePolicyPresets,
  remoteRoleSchema,
} from '../../../shared/domain/remote.ts'
import type { KeyInput } from '../../../shared/domain/remoteEncryption.ts'
import type { SharedEngine } from '../../engine/host/openOrJoin.ts'
import { type CommandContext, type LibraryOptions, libraryCommand, wholeNumber } from '../commandContext.ts'
import { type ExitStatus, exitStatus } from '../exitStatus.ts'
import { formatBytes, printable, table } from '../output/text.ts'
import {
  ensureKeyFile,
  KEY_HELP,
  type KeyOptions,
  keyFrom,
  passphraseIn,
  provideSecrets,
  withKey,
} from '../remoteKeys.ts'
import { withLibrary } from '../withLibrary.ts'
import { adoptBucket } from './adoptBucket.ts'
import { type PlaceOptions, placeOf, withPlace } from './remotePlace.ts'
import { removeRemote } from './removeRemote.ts'
import { resolveRemote } from './resolveRemote.ts'

interface RemoteOptions extends LibraryOptions, PlaceOptions, KeyOptions {
  readonly encrypt?: true
  readonly role?: RemoteRole
  readonly name?: string
  readonly owner?: string
  readonly preset?: PresetName
}
type PresetName = keyof typeof remotePolicyPresets
type RemoteDraft = RequestInput<'remotes.add'>

/** `vitrine remote …`: the buckets and folders that a library syncs with. */
export function remoteCommand(context: CommandContext): Command {
  return new Command('remote')
    .description('buckets and folders to sync with')
    .addCommand(add(context))
    .addCommand(list(context))
    .addCommand(removeRemote(context))
    .addCommand(probe(context))
    .addCommand(policy(context))
    .addCommand(recovery(context))
    .addCommand(newPassphrase(context))
    .addCommand(adoptBucket(context))
}

function withLocation(command: Command): Command {
  return withPlace(
    command
      .addOption(new Option('--role <role>', 'what it is for').choices(remoteRoleSchema.options))
      .option('--owner <name>', "workspace: the folder that generators write to; '' if the prefix is that already"),
  )
}

function presetOption(): Option {
  return new Option('--preset <name>', 'begin with the limits of').choices(Object.keys(remotePolicyPresets))
}

function add(context: CommandContext): Command {
  return withKey(withLocation(libraryCommand('add', 'add a bucket or folder, if it can be used')))
    .option('--name <name>', 'what to call it')
    .option('--encrypt', 'encrypt everything before it leaves this computer; a key file that is not there is made')
    .addOption(presetOption())
    .addHelpText(
      'after',
      `
Credentials are read from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
${KEY_HELP}
A workspace is where generators write <owner>/<job>/<file>; without --owner, <owner> is the id of the library. What you keep is
copied from there to the library's bucket, and what you keep or discard is removed there.`,
    )
    .action(async (options: RemoteOptions) => {
      const draft = draftOf(context, options)
      if (options.encrypt) await ensureKeyFile(context, options)
      const key = keyFrom(context, options)
      if (options.encrypt && key === null) {
        throw new VitrineError('usage', `What shall encrypt it? --passphrase-file or --key-file. ${KEY_HELP}`)
      }
      return withLibrary(context, options, 'oneshot', async (engine) => {
        const remote = await addTo(engine, draft, key, options.encrypt === true)
        if (options.json) context.terminal.json(remote)
        else {
          context.terminal.line(`Added ${printable(remote.name)} as ${remote.role}: ${remote.id}`)
          if (options.encrypt) context.terminal.note('Now save its recovery sheet: vitrine remote recovery --out FILE')
        }
        return exitStatus.done
      })
    })
}

/** A place that is encrypted already takes the key; one that is not is encrypted only if that was asked for. */
async function addTo(
  engine: SharedEngine,
  draft: RemoteDraft,
  key: KeyInput | null,
  encrypt: boolean,
): Promise<Remote> {
  const withKeyOf = (given: KeyInput) => engine.request('remotes.add', { ...draft, encryption: given })
  if (encrypt && key !== null) return withKeyOf(key)
  try {
    return await engine.request('remotes.add', draft)
  } catch (error) {
    if (key !== null && error instanceof VitrineError && error.code === 'remote_encrypted') return withKeyOf(key)
    throw error
  }
}

function recovery(context: CommandContext): Command {
  return withKey(libraryCommand('recovery', 'write down what opens an encrypted one, for when all else is lost'))
    .argument('[remote]', 'name, id, or the beginning of an id')
    .requiredOption('--out <file>', 'where to; a page to print if it ends with .html')
    .addHelpText('after', `\n${KEY_HELP}`)
    .action((reference: string | undefined, options: LibraryOptions & KeyOptions & { readonly out: string }) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        const remote = await resolveRemote(engine, reference, reference === undefined ? 'library' : undefined)
        await provideSecrets(context, engine, options)
        const path = resolve(context.cwd, options.out)
        await engine.request('remotes.recovery', { id: remote.id, path })
        if (options.json) context.terminal.json({ id: remote.id, path })
        else context.terminal.line(`Wrote ${printable(path)}. Whoever has it can read everything that is there.`)
        return exitStatus.done
      }),
    )
}

function newPassphrase(context: CommandContext): Command {
  return withKey(libraryCommand('passphrase', 'give an encrypted one another passphrase'))
    .argument('[remote]', 'name, id, or the beginning of an id')
    .requiredOption('--new-passphrase-file <file>', 'its first line is the new passphrase')
    .addHelpText(
      'after',
      `
The key stays the same: other devices go on with the one that they have, and recovery sheets stay valid. Whoever has the old
passphrase and a copy of the remote from before can still read what is there.
${KEY_HELP}`,
    )
    .action(
      (
        reference: string | undefined,
        options: LibraryOptions & KeyOptions & { readonly newPassphraseFile: string },
      ) => {
        const passphrase = passphraseIn(context.cwd, options.newPassphraseFile)
        return withLibrary(context, options, 'oneshot', async (engine) => {
          const { id } = await resolveRemote(engine, reference, reference === undefined ? 'library' : undefined)
          await provideSecrets(context, engine, options)
          const remote = await engine.request('remotes.changePassphrase', { id, passphrase })
          if (options.json) context.terminal.json(remote)
          else context.terminal.line(`${printable(remote.name)} opens with the new passphrase.`)
          return exitStatus.done
        })
      },
    )
}

/** @throws {VitrineError} `usage` when the options name no place, or two. */
function draftOf(context: CommandContext, options: RemoteOptions): RemoteDraft {
  const { role, name, owner, preset } = options
  if (role === undefined)
    throw new VitrineError('usage', `What is it for? --role ${remoteRoleSchema.options.join('|')}`)
  if (owner !== undefined && role !== 'workspace') {
    throw new VitrineError('usage', '--owner goes with --role workspace only.')
  }
  return {
    role,
    ...(name !== undefined && { name }),
    ...(owner !== undefined && { owner }),
    ...(preset !== undefined && { policy: remotePolicyPresets[preset] }),
    ...placeOf(context, options),
  }
}

function list(context: CommandContext): Command {
  return libraryCommand('list', 'list them').action((options: LibraryOptions) =>
    withLibrary(context, options, 'oneshot', async (engine) => {
      const remotes = await engine.request('remotes.list', undefined)
      if (options.json) context.terminal.json({ remotes })
      else {
        const columns = [
          { title: 'ID' },
          { title: 'ROLE' },
          { title: 'NAME' },
          { title: 'WHERE' },
          { title: 'ENCRYPTED' },
        ]
        const rows = remotes.map((remote) => [
          remote.id,
          remote.role,
          remote.name,
          addressOf(remote),
          protection(remote),
        ])
        for (const line of table(columns, rows)) context.terminal.line(line)
      }
      return exitStatus.done
    }),
  )
}

function addressOf({ location, owner }: Remote): string {
  const place =
    location.kind === 'folder' ? [location.path] : [location.endpoint ?? `s3:${location.region}`, location.bucket]
  return [...place, location.prefix, owner].filter(Boolean).join('/')
}

function protection({ location: { encryption } }: Remote): string {
  return encryption === undefined ? 'no' : encryption.kind === 'passphrase' ? 'passphrase' : 'key file'
}

function probe(context: CommandContext): Command {
  return withKey(withLocation(libraryCommand('probe', 'test the connection, of one that was added or of any other')))
    .argument('[remote]', 'name, id, or the beginning of an id')
    .action((reference: string | undefined, options: RemoteOptions) => {
      const isNew = options.folder !== undefined || options.bucket !== undefined
      const key = isNew ? keyFrom(context, options) : null
      const draft = isNew ? { ...draftOf(context, options), ...(key && { encryption: key }) } : null
      return withLibrary(context, options, 'oneshot', async (engine) => {
        if (draft) return printTest(context, options, await engine.request('remotes.test', draft))
        const { id } = await resolveRemote(engine, reference, options.role)
        await provideSecrets(context, engine, options)
        return printTest(context, options, await engine.request('remotes.probe', { id }))
      })
    })
}

function printTest({ terminal }: CommandContext, { json }: LibraryOptions, test: RemoteTest): ExitStatus {
  if (json) terminal.json(test)
  else if (!test.ok) terminal.error(`${test.message} (${test.problem})`)
  else {
    terminal.line(`It can be used. It answered in ${Math.round(test.latencyMs)} ms.`)
    if (test.library) terminal.line(`It holds the library "${printable(test.library.name)}" (${test.library.id}).`)
  }
  return test.ok ? exitStatus.done : exitStatus.failed
}

interface PolicyOptions extends LibraryOptions {
  readonly role?: RemoteRole
  readonly preset?: PresetName
  readonly visibility?: RemotePolicy['visibility']
  readonly types?: string
  readonly sizeLimit?: number
  readonly quota?: number
  readonly retentionDays?: number
  readonly publicUrl?: string
}

function policy(context: CommandContext): Command {
  return libraryCommand('policy', 'show or change what may go into one')
    .argument('[remote]', 'name, id, or the beginning of an id')
    .addOption(new Option('--role <role>', 'the one of this role').choices(remoteRoleSchema.options))
    .addOption(presetOption())
    .addOption(new Option('--visibility <v>', 'who may read it').choices(['private', 'public']))
    .option('--types <types>', "MIME types, with commas between; 'any' for no limit")
    .option('--size-limit <bytes>', "of one file; 'none' for no limit", limit)
    .option('--quota <bytes>', "of everything in it; 'none' for no limit", limit)
    .option('--retention-days <days>', "how long its own rules keep things; 'none' for ever", limit)
    .option('--public-url <url>', "where a public one can be read; '' for nowhere")
    .action((reference: string | undefined, options: PolicyOptions) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        const remote = await resolveRemote(engine, reference, options.role)
        const change = policyOf(options)
        const changed = Object.keys(change).length > 0
        const { policy: now } = changed
          ? await engine.request('remotes.configure', { id: remote.id, policy: change })
          : remote
        if (options.json) context.terminal.json({ id: remote.id, name: remote.name, policy: now })
        else for (const line of policyLines(now)) context.terminal.line(printable(line))
        return exitStatus.done
      }),
    )
}

/** A number; 0 stands for none, because commander takes null for no answer. */
function limit(text: string): number {
  return text === 'none' ? 0 : wholeNumber(text)
}

function policyOf(options: PolicyOptions): RemotePolicyChange {
  const { preset, visibility, types, sizeLimit, quota, retentionDays, publicUrl } = options
  const names = types === 'any' ? null : types?.split(',').map((type) => type.trim())
  return {
    ...(preset !== undefined && remotePolicyPresets[preset]),
    ...(visibility !== undefined && { visibility }),
    ...(names !== undefined && { allowedMimeTypes: names }),
    ...(sizeLimit !== undefined && { sizeLimitBytes: sizeLimit || null }),
    ...(quota !== undefined && { quotaBytes: quota || null }),
    ...(retentionDays !== undefined && { retentionDays: retentionDays || null }),
    ...(publicUrl !== undefined && { publicBaseUrl: publicUrl === '' ? null : publicUrl }),
  }
}

function policyLines(policy: RemotePolicy): string[] {
  const size = (bytes: number | null): string => (bytes === null ? 'no limit' : formatBytes(bytes))
  const rows = [
    ['visibility', policy.visibility],
    ['types', policy.allowedMimeTypes?.join(', ') ?? 'any'],
    ['size of a file', size(policy.sizeLimitBytes)],
    ['quota', size(policy.quotaBytes)],
    ['kept for', policy.retentionDays === null ? 'ever' : `${policy.retentionDays} days`],
    ['public address', policy.publicBaseUrl ?? 'none'],
  ]
  return table([{ title: 'WHAT' }, { title: 'POLICY' }], rows)
}
