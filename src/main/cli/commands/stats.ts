import type { Command } from 'commander'
import type { StorageUsage } from '../../../shared/domain/storage.ts'
import { type CommandContext, type LibraryOptions, libraryCommand } from '../commandContext.ts'
import { exitStatus } from '../exitStatus.ts'
import { formatBytes, printable, table } from '../output/text.ts'
import { withLibrary } from '../withLibrary.ts'

/** `vitrine stats`: counts and bytes, what is free, and quotas. */
export function statsCommand(context: CommandContext): Command {
  return libraryCommand('stats', 'count assets and bytes by space, type, collection and bucket').action(
    (options: LibraryOptions) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        const usage = await engine.request('storage.usage', undefined)
        if (options.json) context.terminal.json(usage)
        else {
          for (const line of statLines(usage)) context.terminal.line(line)
          for (const line of quotaLines(usage)) context.terminal.warn(line)
        }
        return exitStatus.done
      }),
  )
}

function statLines({ total, bySpace, byType, byCollection, byRemote, trash, disk }: StorageUsage): string[] {
  const row = (what: string, { assets, bytes }: { assets: number; bytes: number }) => [
    what,
    assets.toLocaleString('en-GB'),
    formatBytes(bytes),
  ]
  return table(
    [{ title: 'WHAT' }, { title: 'ASSETS', align: 'right' }, { title: 'SIZE', align: 'right' }],
    [
      row('everything', total),
      ...Object.entries(bySpace).map(([space, sum]) => row(`space ${space}`, sum)),
      ...Object.entries(byType).map(([type, sum]) => row(`type ${type}`, sum)),
      ...byCollection.map(({ name, ...sum }) => row(`collection ${name}`, sum)),
      ...byRemote.map(({ name, objects, bytes }) => row(`bucket ${name}`, { assets: objects, bytes })),
      row('trash', trash),
      ['cache', '', formatBytes(disk.cache.bytes)],
      ['journal', '', formatBytes(disk.journal)],
      ['catalogue', '', formatBytes(disk.catalog)],
      ...(disk.free === null ? [] : [['free on the disk', '', formatBytes(disk.free)]]),
    ],
  )
}

/** What is nearly full, or is. */
function quotaLines({ quotas }: StorageUsage): string[] {
  const all = [{ name: 'The library', ...quotas.library }, ...quotas.remotes]
  return all.flatMap(({ name, used, quota, state }) =>
    quota === null || state === 'ok'
      ? []
      : [`${printable(name)}: ${formatBytes(used)} of ${formatBytes(quota)} (${Math.floor((used / quota) * 100)} %)`],
  )
}
