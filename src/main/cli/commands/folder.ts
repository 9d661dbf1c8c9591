import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { Space } from '../../../shared/domain/asset.ts'
import type { WatchedFolder, WatchedReport } from '../../../shared/domain/watchedFolder.ts'
import type { SharedEngine } from '../../engine/host/openOrJoin.ts'
import { type CommandContext, type LibraryOptions, libraryCommand } from '../commandContext.ts'
import { type ExitStatus, exitStatus } from '../exitStatus.ts'
import { count, printable, table } from '../output/text.ts'
import { withLibrary } from '../withLibrary.ts'

/** `vitrine folder …`: folders whose files are assets where they are. Nothing in them is ever changed. */
export function folderCommand(context: CommandContext): Command {
  return new Command('folder')
    .description('watched folders: files that are assets where they are')
    .addCommand(add(context))
    .addCommand(list(context))
    .addCommand(rescan(context))
    .addCommand(remove(context))
}

function add(context: CommandContext): Command {
  return libraryCommand('add', 'watch a folder; its files stay where they are')
    .argument('<path>')
    .addOption(
      new Option('--space <space>', 'where its assets go').choices(['workspace', 'library']).default('library'),
    )
    .action((path: string, options: LibraryOptions & { space: Space }) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        const folder = await engine.request('watchedFolders.add', {
          path: resolve(context.cwd, path),
          space: options.space,
        })
        return scan(context, engine, folder, options)
      }),
    )
}

function list(context: CommandContext): Command {
  return libraryCommand('list', 'list the watched folders').action((options: LibraryOptions) =>
    withLibrary(context, options, 'oneshot', async (engine) => {
      const folders = await engine.request('watchedFolders.list', undefined)
      if (options.json) context.terminal.json({ folders })
      else if (folders.length === 0) context.terminal.line('No folder is watched.')
      else {
        const rows = folders.map(({ path, space, files, state, problem }) => [
          printable(path),
          space,
          String(files),
          problem?.message ?? state,
        ])
        const columns = [
          { title: 'FOLDER' },
          { title: 'SPACE' },
          { title: 'FILES', align: 'right' as const },
          { title: 'STATE' },
        ]
        for (const line of table(columns, rows)) context.terminal.line(line)
      }
      return exitStatus.done
    }),
  )
}

function rescan(context: CommandContext): Command {
  return libraryCommand('rescan', 'look at watched folders now: at one, or at all')
    .argument('[path]')
    .action((path: string | undefined, options: LibraryOptions) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        if (path !== undefined) return scan(context, engine, await folderAt(context, engine, path), options)
        const reports: (WatchedReport & { path: string })[] = []
        for (const folder of await engine.request('watchedFolders.list', undefined)) {
          reports.push({ path: folder.path, ...(await engine.request('watchedFolders.rescan', { id: folder.id })) })
        }
        if (options.json) context.terminal.json({ folders: reports })
        else
          for (const { path: at, ...report } of reports) context.terminal.line(`${printable(at)}: ${sentence(report)}`)
        return reports.some(({ failed, away }) => failed + away > 0) ? exitStatus.failed : exitStatus.done
      }),
    )
}

function remove(context: CommandContext): Command {
  return libraryCommand('remove', 'watch a folder no longer; its files stay what they are')
    .argument('<path>')
    .addOption(new Option('--assets <what>', 'what becomes of its assets').choices(['keep', 'trash']).default('keep'))
    .action((path: string, options: LibraryOptions & { assets: 'keep' | 'trash' }) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        const folder = await folderAt(context, engine, path)
        await engine.request('watchedFolders.remove', { id: folder.id, assets: options.assets })
        if (options.json) context.terminal.json(folder)
        else {
          const assets = options.assets === 'keep' ? 'Its assets stay in the library' : 'Its assets are in Trash'
          context.terminal.line(`${printable(folder.path)} is no longer watched. ${assets}; its files are untouched.`)
        }
        return exitStatus.done
      }),
    )
}

async function scan(
  context: CommandContext,
  engine: SharedEngine,
  { id, path }: WatchedFolder,
  options: LibraryOptions,
): Promise<ExitStatus> {
  const stop = engine.on((event) => {
    if (event.name !== 'watchedFolders.changed') return
    const progress = event.payload.find((folder) => folder.id === id)?.progress
    if (progress) context.terminal.progress(`${progress.seen} files looked at`)
  })
  const report = await engine.request('watchedFolders.rescan', { id }).finally(stop)
  const folder = (await engine.request('watchedFolders.list', undefined)).find((one) => one.id === id)
  if (options.json) context.terminal.json({ folder, report })
  else {
    context.terminal.line(`${printable(path)}: ${sentence(report)}`)
    if (folder?.problem) context.terminal.error(folder.problem.message)
  }
  return report.failed === 0 && !folder?.problem ? exitStatus.done : exitStatus.failed
}

/**
 * The watched folder with this path or id.
 * @throws {VitrineError} `not_found`
 */
async function folderAt(context: CommandContext, engine: SharedEngine, reference: string): Promise<WatchedFolder> {
  const folders = await engine.request('watchedFolders.list', undefined)
  const wanted = resolve(context.cwd, reference)
  const found = folders.find(({ id, path }) => path === wanted || path === reference || String(id) === reference)
  if (found === undefined) throw new VitrineError('not_found', `${reference} is not watched. See: vitrine folder list`)
  return found
}

function sentence(report: WatchedReport): string {
  const { seen, added, moved, changed, missing, returned, away, failed, unsettled } = report
  const parts = [
    added > 0 && `${added} new`,
    moved > 0 && `${moved} moved`,
    changed > 0 && `${changed} changed`,
    returned > 0 && `${returned} back`,
    missing > 0 && `${missing} missing`,
    away > 0 && `${away} on a disk that is not there`,
    unsettled > 0 && `${unsettled} being written to`,
    failed > 0 && `${failed} could not be taken in`,
  ].filter((part) => part !== false)
  return `${count(seen, 'file')}, ${parts.length === 0 ? 'nothing has changed' : parts.join(', ')}`
}
