import { Command } from 'commander'
import { type CommandContext, type LibraryOptions, libraryCommand } from '../commandContext.ts'
import { exitStatus } from '../exitStatus.ts'
import { printable, table } from '../output/text.ts'
import { resolveCollection } from '../resolveReferences.ts'
import { withLibrary } from '../withLibrary.ts'
import { change, printChange } from './organise.ts'

/** `vitrine collection …`. A collection is named by its name, its id or the beginning of its id. */
export function collectionCommand(context: CommandContext): Command {
  return new Command('collection')
    .description('collections of the library')
    .addCommand(create(context))
    .addCommand(rename(context))
    .addCommand(remove(context))
    .addCommand(membership(context, 'add', 'collections.add', 'put assets into a collection'))
    .addCommand(membership(context, 'remove', 'collections.remove', 'take assets out of a collection'))
    .addCommand(list(context))
}

function create(context: CommandContext): Command {
  return libraryCommand('create', 'make a collection')
    .argument('<name>')
    .option('--parent <collection>', 'collection that it goes below')
    .action((name: string, options: LibraryOptions & { parent?: string }) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        const parent = options.parent === undefined ? null : await resolveCollection(engine, options.parent)
        const { collection } = await engine.request('collections.create', {
          name,
          ...(parent && { parentId: parent.id }),
        })
        if (options.json) context.terminal.json(collection)
        else context.terminal.line(`Made the collection "${printable(collection.name)}": ${collection.id}`)
        return exitStatus.done
      }),
    )
}

function rename(context: CommandContext): Command {
  return libraryCommand('rename', 'rename a collection')
    .argument('<collection>')
    .argument('<name>', 'its new name')
    .action((reference: string, name: string, options: LibraryOptions) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        const { id } = await resolveCollection(engine, reference)
        return printChange(context, options, await engine.request('collections.rename', { id, name }), [])
      }),
    )
}

function remove(context: CommandContext): Command {
  return libraryCommand('delete', 'delete a collection; its assets stay in the library')
    .argument('<collection>')
    .action((reference: string, options: LibraryOptions) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        const { id } = await resolveCollection(engine, reference)
        return printChange(context, options, await engine.request('collections.delete', { id }), [])
      }),
    )
}

function membership(
  context: CommandContext,
  name: string,
  request: 'collections.add' | 'collections.remove',
  summary: string,
): Command {
  return libraryCommand(name, summary)
    .argument('<collection>')
    .argument('<asset...>', 'ids, beginnings of ids, or paths')
    .action((reference: string, assets: string[], options: LibraryOptions) =>
      change(context, assets, options, async (engine, ids) => {
        const { id } = await resolveCollection(engine, reference)
        return engine.request(request, { id, assets: { ids } })
      }),
    )
}

function list(context: CommandContext): Command {
  return libraryCommand('list', 'list the collections').action((options: LibraryOptions) =>
    withLibrary(context, options, 'oneshot', async (engine) => {
      const collections = await engine.request('collections.list', undefined)
      if (options.json) context.terminal.json({ collections })
      else {
        const rows = collections.map(({ id, name, asset_count }) => [id, String(asset_count), name])
        const columns = [{ title: 'ID' }, { title: 'ASSETS', align: 'right' as const }, { title: 'NAME' }]
        for (const line of table(columns, rows)) context.terminal.line(line)
      }
      return exitStatus.done
    }),
  )
}
