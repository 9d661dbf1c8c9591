import { Command } from 'commander'
import { VitrineError } from '../../../shared/contract/errors.ts'
import { type Tag, tagColorSchema, tagKey, tagNameSchema } from '../../../shared/domain/tag.ts'
import type { Engine } from '../../engine/host/engineDoor.ts'
import { type CommandContext, type LibraryOptions, libraryCommand } from '../commandContext.ts'
import { type ExitStatus, exitStatus } from '../exitStatus.ts'
import { printable, table } from '../output/text.ts'
import { startsWithId } from '../resolveReferences.ts'
import { withLibrary } from '../withLibrary.ts'
import { printChange } from './organise.ts'

const NO_COLOR = 'none'

/** `vitrine tag …`. A tag is named by its name, its path, an alias, its id or the beginning of its id. */
export function tagCommand(context: CommandContext): Command {
  return new Command('tag')
    .description('tags of the library')
    .addCommand(list(context))
    .addCommand(create(context))
    .addCommand(rename(context))
    .addCommand(merge(context))
    .addCommand(move(context))
    .addCommand(color(context))
    .addCommand(alias(context))
    .addCommand(remove(context))
}

function list(context: CommandContext): Command {
  return libraryCommand('list', 'list the tags, each below the one it belongs to').action((options: LibraryOptions) =>
    withLibrary(context, options, 'oneshot', async (engine) => {
      const tags = await engine.request('tags.list', undefined)
      if (options.json) context.terminal.json({ tags })
      else {
        const rows = tags.map(({ id, path, color, aliases, asset_count, total_count }) => [
          id,
          String(asset_count),
          String(total_count),
          color ?? '',
          aliases.length === 0 ? path : `${path} (${aliases.join(', ')})`,
        ])
        const columns = [
          { title: 'ID' },
          { title: 'ASSETS', align: 'right' as const },
          { title: 'WITH BELOW', align: 'right' as const },
          { title: 'COLOUR' },
          { title: 'NAME' },
        ]
        for (const line of table(columns, rows)) context.terminal.line(line)
      }
      return exitStatus.done
    }),
  )
}

function create(context: CommandContext): Command {
  return libraryCommand('create', 'make a tag; a path makes what is missing of it')
    .argument('<name>', 'a name, or a path like animals/cats')
    .option('--parent <tag>', 'tag that it goes below')
    .option('--color <#rrggbb>', 'its colour')
    .action((name: string, options: LibraryOptions & { parent?: string; color?: string }) => {
      const chosen = options.color === undefined ? undefined : parseColor(options.color)
      return withLibrary(context, options, 'oneshot', async (engine) => {
        const parent = options.parent === undefined ? null : await resolveTag(engine, options.parent)
        const { tag } = await engine.request('tags.create', {
          name,
          ...(parent && { parentId: parent.id }),
          ...(chosen !== undefined && { color: chosen }),
        })
        if (options.json) context.terminal.json(tag)
        else context.terminal.line(`Made the tag "${printable(tag.path)}": ${tag.id}`)
        return exitStatus.done
      })
    })
}

function rename(context: CommandContext): Command {
  return libraryCommand('rename', 'rename a tag')
    .argument('<tag>')
    .argument('<name>', 'its new name')
    .action((reference: string, name: string, options: LibraryOptions) =>
      withTag(context, reference, options, async (engine, { id }) =>
        printChange(context, options, await engine.request('tags.rename', { id, name: parseName(name) }), []),
      ),
    )
}

function merge(context: CommandContext): Command {
  return libraryCommand('merge', 'make tags one; their names become its aliases')
    .argument('<tag...>', 'tags that go')
    .requiredOption('--into <tag>', 'tag that stays')
    .action((references: string[], options: LibraryOptions & { into: string }) =>
      withTag(context, options.into, options, async (engine, into) => {
        const from = []
        for (const reference of references) from.push((await resolveTag(engine, reference)).id)
        return printChange(context, options, await engine.request('tags.merge', { from, into: into.id }), [])
      }),
    )
}

function move(context: CommandContext): Command {
  return libraryCommand('move', 'move a tag below another, with all that is below it')
    .argument('<tag>')
    .option('--below <tag>', 'tag that it goes below (default: to the top)')
    .option('--before <tag>', 'tag there that it goes before')
    .action((reference: string, options: LibraryOptions & { below?: string; before?: string }) =>
      withTag(context, reference, options, async (engine, { id }) => {
        const before = options.before === undefined ? undefined : await resolveTag(engine, options.before)
        const below = options.below === undefined ? undefined : await resolveTag(engine, options.below)
        const result = await engine.request('tags.move', {
          id,
          parentId: below?.id ?? before?.parent_id ?? null,
          ...(before && { before: before.id }),
        })
        return printChange(context, options, result, [])
      }),
    )
}

function color(context: CommandContext): Command {
  return libraryCommand('color', 'give a tag a colour')
    .argument('<tag>')
    .argument('<#rrggbb>', `the colour, or "${NO_COLOR}"`)
    .action((reference: string, text: string, options: LibraryOptions) => {
      const chosen = text === NO_COLOR ? null : parseColor(text)
      return withTag(context, reference, options, async (engine, { id }) =>
        printChange(context, options, await engine.request('tags.color', { id, color: chosen }), []),
      )
    })
}

function alias(context: CommandContext): Command {
  return libraryCommand('alias', 'say by which other names a tag is found')
    .argument('<tag>')
    .argument('[alias...]', 'names to add')
    .option('--remove <alias...>', 'names to take away')
    .action((reference: string, added: string[], options: LibraryOptions & { remove?: string[] }) =>
      withTag(context, reference, options, async (engine, tag) => {
        const removed = new Set((options.remove ?? []).map(tagKey))
        const aliases = [...tag.aliases.filter((name) => !removed.has(tagKey(name))), ...added.map(parseName)]
        return printChange(context, options, await engine.request('tags.aliases', { id: tag.id, aliases }), [])
      }),
    )
}

function remove(context: CommandContext): Command {
  return libraryCommand('delete', 'delete tags; the assets stay')
    .argument('<tag...>')
    .action((references: string[], options: LibraryOptions) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        const ids = []
        for (const reference of references) ids.push((await resolveTag(engine, reference)).id)
        return printChange(context, options, await engine.request('tags.delete', { ids }), [])
      }),
    )
}

function withTag(
  context: CommandContext,
  reference: string,
  options: LibraryOptions,
  work: (engine: Engine, tag: Tag) => Promise<ExitStatus>,
): Promise<void> {
  return withLibrary(context, options, 'oneshot', async (engine) => work(engine, await resolveTag(engine, reference)))
}

/** @throws {VitrineError} `not_found`, or `invalid_request` when several fit. */
async function resolveTag(engine: Engine, reference: string): Promise<Tag> {
  const tags = await engine.request('tags.list', undefined)
  const key = tagKey(reference)
  const named = tags.filter(({ name, path }) => tagKey(name) === key || tagKey(path) === key)
  const aliased = named.length > 0 ? named : tags.filter(({ aliases }) => aliases.some((name) => tagKey(name) === key))
  const found = aliased.length > 0 ? aliased : tags.filter(({ id }) => startsWithId(id, reference))
  if (found.length > 1) {
    const names = found.map(({ id, path }) => `${id} (${path})`).join(', ')
    throw new VitrineError('invalid_request', `"${reference}" could be ${names}. Give the id.`)
  }
  if (!found[0]) throw new VitrineError('not_found', `There is no tag "${reference}" in this library.`)
  return found[0]
}

/** @throws {VitrineError} `usage` */
function parseColor(text: string): string {
  const parsed = tagColorSchema.safeParse(text)
  if (!parsed.success) throw new VitrineError('usage', 'A colour is written #rrggbb, for example "#2f80ed".')
  return parsed.data
}

/** @throws {VitrineError} `usage` */
function parseName(text: string): string {
  const parsed = tagNameSchema.safeParse(text)
  if (!parsed.success) throw new VitrineError('usage', parsed.error.issues[0]?.message ?? 'That is no name for a tag.')
  return parsed.data
}
