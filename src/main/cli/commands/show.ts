import type { Command } from 'commander'
import type { AssetDetail } from '../../../shared/contract/requests/assetRequests.ts'
import { type CommandContext, type LibraryOptions, libraryCommand } from '../commandContext.ts'
import { exitStatus } from '../exitStatus.ts'
import { table } from '../output/text.ts'
import { resolveAsset } from '../resolveReferences.ts'
import { withLibrary } from '../withLibrary.ts'

/** `vitrine show ID|PATH`: every field of one asset. */
export function showCommand(context: CommandContext): Command {
  return libraryCommand('show', 'show every field of an asset')
    .argument('<asset>', 'id, the beginning of one, or a path')
    .action((reference: string, options: LibraryOptions) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        const id = await resolveAsset(engine, reference, context.cwd)
        const asset = await engine.request('assets.get', { id })
        if (options.json) context.terminal.json(asset)
        else for (const line of fieldLines(asset)) context.terminal.line(line)
        return exitStatus.done
      }),
    )
}

/** One line for each field that says something. */
function fieldLines(asset: AssetDetail): string[] {
  const { history, collections, ...fields } = asset
  const rows: string[][] = []
  for (const [name, value] of Object.entries({ ...fields, collections: collections.map(({ name }) => name) })) {
    const text = Array.isArray(value) ? value.join(', ') : typeof value === 'object' ? json(value) : String(value)
    if (text !== '') rows.push([name, text])
  }
  for (const { at, label, undone } of history) rows.push(['history', `${at}  ${label}${undone ? ' (undone)' : ''}`])
  return table([{ title: 'FIELD' }, { title: 'VALUE' }], rows).slice(1)
}

function json(value: object | null): string {
  return value === null || Object.keys(value).length === 0 ? '' : JSON.stringify(value)
}
