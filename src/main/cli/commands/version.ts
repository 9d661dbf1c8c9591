import { resolve } from 'node:path'
import { Command } from 'commander'
import type { AssetVersion } from '../../../shared/domain/version.ts'
import type { SharedEngine } from '../../engine/host/openOrJoin.ts'
import { type CommandContext, type LibraryOptions, libraryCommand, wholeNumber } from '../commandContext.ts'
import { exitStatus } from '../exitStatus.ts'
import { formatBytes, formatTime, printable, table } from '../output/text.ts'
import { KEY_HELP, type KeyOptions, provideSecrets, withKey } from '../remoteKeys.ts'
import { resolveAsset } from '../resolveReferences.ts'
import { withLibrary } from '../withLibrary.ts'

/** `vitrine version add|list|restore`. */
export function versionCommand(context: CommandContext): Command {
  const list = libraryCommand('list', 'the contents that an asset has and had')
    .argument('<id>')
    .action((reference: string, options: LibraryOptions) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        const versions = await versionsOf(engine, reference, context.cwd)
        if (options.json) context.terminal.json(versions)
        else for (const line of versionLines(versions)) context.terminal.line(line)
        return exitStatus.done
      }),
    )
  const add = libraryCommand('add', 'give an asset the content of a file; what it had stays as a version')
    .argument('<id>')
    .argument('<file>')
    .option('--description <text>', 'what is new')
    .action((reference: string, file: string, options: LibraryOptions & { description?: string }) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        const id = await resolveAsset(engine, reference, context.cwd)
        const { description } = options
        const path = resolve(context.cwd, file)
        const result = await engine.request('versions.add', { id, path, ...(description ? { description } : {}) })
        if (options.json) context.terminal.json({ ...result, versions: await versionsOf(engine, id, context.cwd) })
        else context.terminal.line(result.label)
        return exitStatus.done
      }),
    )
  const restore = withKey(libraryCommand('restore', 'make an earlier content the current one again'))
    .argument('<id>')
    .argument('<number>', 'as `vitrine version list` gives it', wholeNumber)
    .addHelpText(
      'after',
      `\nOne that is only in the bucket is fetched. Credentials are read from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.\n${KEY_HELP}`,
    )
    .action((reference: string, number: number, options: LibraryOptions & KeyOptions) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        await provideSecrets(context, engine, options)
        const version = (await versionsOf(engine, reference, context.cwd)).find(
          ({ version_number }) => version_number === number,
        )
        if (version === undefined) {
          context.terminal.error(`There is no version ${number} of that asset. See: vitrine version list`)
          return exitStatus.failed
        }
        const result = await engine.request('versions.restore', { version: version.id })
        if (options.json)
          context.terminal.json({ ...result, versions: await versionsOf(engine, version.asset_id, context.cwd) })
        else context.terminal.line(result.label)
        return exitStatus.done
      }),
    )
  const command = new Command('version').description('earlier and current contents of an asset')
  for (const child of [list, add, restore]) command.addCommand(child)
  return command
}

async function versionsOf(engine: SharedEngine, reference: string, cwd: string): Promise<AssetVersion[]> {
  return engine.request('versions.list', { id: await resolveAsset(engine, reference, cwd) })
}

function versionLines(versions: readonly AssetVersion[]): string[] {
  if (versions.length === 0) return ['It has only the content that it came with.']
  return table(
    [
      { title: 'VERSION', align: 'right' },
      { title: 'FILE' },
      { title: 'SIZE', align: 'right' },
      { title: 'MADE' },
      { title: 'WHAT IS NEW' },
    ],
    versions.map((version) => [
      `${version.is_current ? '* ' : ''}${version.version_number}`,
      printable(version.file_name),
      formatBytes(version.file_size_bytes),
      formatTime(version.created_at),
      printable(version.change_description ?? ''),
    ]),
  )
}
