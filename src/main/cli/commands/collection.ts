import { Command } from 'commander'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { Collection } from '../../../shared/domain/collection.ts'
import type { Engine } from '../../engine/host/engineDoor.ts'
import { type CommandContext, type LibraryOptions, libraryCommand } from '../commandContext.ts'
import { exitStatus } from '../exitStatus.ts'
import { printable, table } from '../output/text.ts'
import { resolveAsset, resolveCollection } from '../resolveReferences.ts'
import { withLibrary } from '../withLibrary.ts'
import { change, printChange } from './organise.ts'

/** Smart collections that are counted with one request. */
const COUNTED_AT_ONCE = 100

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
    .addCommand(move(context, 'move', 'move a collection into another, with all that is in it'))
    .addCommand(move(context, 'order', 'put a collection before another one beside it'))
    .addCommand(archive(context, 'archive', 'take a collection out of the tree', true))
    .addCommand(archive(context, 'unarchive', 'put an archived collection back into the tree', false))
    .addCommand(cover(context))
    .addCommand(describe(context))
    .addCommand(smart(context))
    .addCommand(freeze(context))
    .addCommand(pin(context, 'pin', 'keep the originals of a collection, and of all below it, on this computer', true))
    .addCommand(pin(context, 'unpin', 'let the originals of a collection leave this computer again', false))
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
  return libraryCommand('list', 'list the collections, each below the one it is in')
    .option('--archived', 'archived ones too')
    .action((options: LibraryOptions & { archived?: true }) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        const collections = await counted(
          engine,
          await engine.request('collections.list', { archived: options.archived === true }),
        )
        if (options.json) context.terminal.json({ collections })
        else {
          const depths = new Map<string, number>()
          const rows = collections.map(({ id, name, kind, parent_id, asset_count }) => {
            const depth = parent_id === null ? 0 : (depths.get(parent_id) ?? 0) + 1
            depths.set(id, depth)
            return [id, kind, String(asset_count ?? ''), `${'  '.repeat(depth)}${name}`]
          })
          const columns = [
            { title: 'ID' },
            { title: 'KIND' },
            { title: 'ASSETS', align: 'right' as const },
            { title: 'NAME' },
          ]
          for (const line of table(columns, rows)) context.terminal.line(line)
        }
        return exitStatus.done
      }),
    )
}

/** With what smart ones hold now. */
async function counted(engine: Engine, collections: readonly Collection[]): Promise<readonly Collection[]> {
  const smart = collections.filter(({ kind }) => kind === 'smart').map(({ id }) => id)
  const counts = new Map<string, { readonly asset_count: number; readonly cover_sha256: string | null }>()
  for (let start = 0; start < smart.length; start += COUNTED_AT_ONCE) {
    const ids = smart.slice(start, start + COUNTED_AT_ONCE)
    for (const { id, asset_count, cover_sha256 } of await engine.request('collections.counts', { ids }))
      counts.set(id, { asset_count, cover_sha256 })
  }
  return collections.map((collection) => ({ ...collection, ...counts.get(collection.id) }))
}

function move(context: CommandContext, name: 'move' | 'order', summary: string): Command {
  const command = libraryCommand(name, summary).argument('<collection>')
  if (name === 'move') command.option('--into <collection>', 'collection that it goes into (default: to the top)')
  command.option('--before <collection>', 'collection there that it goes before (default: to the end)')
  return command.action((reference: string, options: LibraryOptions & { into?: string; before?: string }) =>
    withLibrary(context, options, 'oneshot', async (engine) => {
      const { id, parent_id } = await resolveCollection(engine, reference)
      const before = options.before === undefined ? null : await resolveCollection(engine, options.before)
      const into = options.into === undefined ? null : await resolveCollection(engine, options.into)
      const parentId = name === 'order' ? parent_id : (into?.id ?? before?.parent_id ?? null)
      const result = await engine.request('collections.move', { id, parentId, before: before?.id ?? null })
      return printChange(context, options, result, [])
    }),
  )
}

function archive(context: CommandContext, name: string, summary: string, archived: boolean): Command {
  return libraryCommand(name, summary)
    .argument('<collection>')
    .action((reference: string, options: LibraryOptions) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        const { id } = await resolveCollection(engine, reference)
        return printChange(context, options, await engine.request('collections.archive', { id, archived }), [])
      }),
    )
}

function cover(context: CommandContext): Command {
  return libraryCommand('cover', 'choose the asset that stands for a collection')
    .argument('<collection>')
    .argument('[asset]', 'id, beginning of an id, or path (default: the newest one in it)')
    .action((reference: string, asset: string | undefined, options: LibraryOptions) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        const { id } = await resolveCollection(engine, reference)
        const chosen = asset === undefined ? null : await resolveAsset(engine, asset, context.cwd)
        const result = await engine.request('collections.edit', { id, patch: { cover: chosen } })
        return printChange(context, options, result, [])
      }),
    )
}

function describe(context: CommandContext): Command {
  return libraryCommand('describe', 'say what a collection is')
    .argument('<collection>')
    .argument('<text>', "its description; '' removes it")
    .action((reference: string, text: string, options: LibraryOptions) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        const { id } = await resolveCollection(engine, reference)
        const result = await engine.request('collections.edit', { id, patch: { description: text || null } })
        return printChange(context, options, result, [])
      }),
    )
}

function smart(context: CommandContext): Command {
  return libraryCommand('smart', 'make a collection of what a query finds, or change its query')
    .argument('<name>', 'a new name, or a smart collection')
    .argument('<query>', 'as in the search field: tag:x rating>=4')
    .action((name: string, query: string, options: LibraryOptions) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        const known = await findCollection(engine, name)
        if (known !== undefined) {
          const result = await engine.request('collections.edit', { id: known.id, patch: { query } })
          return printChange(context, options, result, [])
        }
        const { collection } = await engine.request('collections.create', { name, query })
        if (options.json) context.terminal.json(collection)
        else context.terminal.line(`Made the smart collection "${printable(collection.name)}": ${collection.id}`)
        return exitStatus.done
      }),
    )
}

/** Undefined when there is none; several are a mistake of the person all the same. */
async function findCollection(engine: Engine, reference: string): Promise<Collection | undefined> {
  try {
    return await resolveCollection(engine, reference)
  } catch (error) {
    if (error instanceof VitrineError && error.code === 'not_found') return undefined
    throw error
  }
}

function freeze(context: CommandContext): Command {
  return libraryCommand('freeze', 'make a smart collection an ordinary one, with what it holds now')
    .argument('<collection>')
    .action((reference: string, options: LibraryOptions) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        const { id } = await resolveCollection(engine, reference)
        return printChange(context, options, await engine.request('collections.freeze', { id }), [])
      }),
    )
}

function pin(context: CommandContext, name: string, summary: string, pinned: boolean): Command {
  return libraryCommand(name, summary)
    .argument('<collection>')
    .addHelpText(
      'after',
      pinned ? '\nWhat is only in the bucket is fetched while the window or `vitrine sync` runs.' : '',
    )
    .action((reference: string, options: LibraryOptions) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        const { id, name: title } = await resolveCollection(engine, reference)
        const status = await engine.request('collections.pin', { id, pinned })
        if (options.json) context.terminal.json({ pinned: status.pinned })
        else context.terminal.line(`"${printable(title)}" ${pinned ? 'stays on' : 'may leave'} this computer.`)
        return exitStatus.done
      }),
    )
}
