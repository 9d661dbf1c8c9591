import type { Command } from 'commander'
import type { Stats } from '../../../shared/contract/requests/libraryRequests.ts'
import { type CommandContext, type LibraryOptions, libraryCommand } from '../commandContext.ts'
import { exitStatus } from '../exitStatus.ts'
import { formatBytes, table } from '../output/text.ts'
import { withLibrary } from '../withLibrary.ts'

/** `vitrine stats`: counts and bytes. */
export function statsCommand(context: CommandContext): Command {
  return libraryCommand('stats', 'count assets and bytes by space, type, collection and bucket').action(
    (options: LibraryOptions) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        const stats = await engine.request('library.stats', undefined)
        if (options.json) context.terminal.json(stats)
        else for (const line of statLines(stats)) context.terminal.line(line)
        return exitStatus.done
      }),
  )
}

function statLines({ total, bySpace, byType, byCollection, byRemote, trash }: Stats): string[] {
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
    ],
  )
}
