import { type Command, InvalidArgumentError, Option } from 'commander'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { MutationResult } from '../../../shared/contract/requests/requestMap.ts'
import { type AssetPatch, colorLabelSchema, type Visibility, visibilitySchema } from '../../../shared/domain/asset.ts'
import type { AssetId } from '../../../shared/domain/ids.ts'
import type { SharedEngine } from '../../engine/host/openOrJoin.ts'
import {
  type CommandContext,
  collect,
  type FailedItem,
  type LibraryOptions,
  libraryCommand,
} from '../commandContext.ts'
import { type ExitStatus, exitStatus } from '../exitStatus.ts'
import { printable } from '../output/text.ts'
import { resolveAssets, resolveCollection } from '../resolveReferences.ts'
import { withLibrary } from '../withLibrary.ts'

interface SetOptions extends LibraryOptions {
  readonly title?: string
  readonly description?: string
  readonly rating?: number
  readonly color?: string
  readonly favorite?: boolean
  readonly addTag?: string[]
  readonly removeTag?: string[]
  readonly visibility?: Visibility
  readonly category?: string
}

const NO_COLOR = 'none'

/** `vitrine set ID...`: the fields a person may edit. */
export function setCommand(context: CommandContext): Command {
  return libraryCommand('set', 'change fields of assets')
    .argument('<asset...>', 'ids, beginnings of ids, or paths')
    .option('--title <text>', "title; '' removes it")
    .option('--description <text>', "description; '' removes it")
    .option('--rating <0-5>', 'stars', parseRating)
    .addOption(new Option('--color <label>', 'colour label').choices([...colorLabelSchema.options, NO_COLOR]))
    .option('--favorite', 'mark as favourite')
    .option('--no-favorite', 'no longer a favourite')
    .option('--add-tag <tag>', 'add a tag; may be repeated', collect)
    .option('--remove-tag <tag>', 'remove a tag; may be repeated', collect)
    .addOption(new Option('--visibility <v>', 'who may see it').choices(visibilitySchema.options))
    .option('--category <category>', 'content category')
    .action((references: string[], options: SetOptions) => {
      const patch = patchOf(options)
      if (Object.keys(patch).length === 0) {
        throw new VitrineError('usage', 'Say what to change, for example --rating 4. See: vitrine set --help')
      }
      return change(context, references, options, (engine, ids) =>
        engine.request('assets.edit', { assets: { ids }, patch }),
      )
    })
}

function parseRating(text: string): number {
  if (!/^[0-5]$/.test(text)) throw new InvalidArgumentError('A rating is 0, 1, 2, 3, 4 or 5.')
  return Number(text)
}

function patchOf(options: SetOptions): AssetPatch {
  const { title, description, rating, color, favorite, addTag, removeTag, visibility, category } = options
  return {
    ...(title !== undefined && { custom_title: title || null }),
    ...(description !== undefined && { description: description || null }),
    ...(rating !== undefined && { rating }),
    ...(color !== undefined && { color_label: color === NO_COLOR ? null : colorLabelSchema.parse(color) }),
    ...(favorite !== undefined && { is_favorite: favorite }),
    ...(addTag !== undefined && { add_tags: addTag }),
    ...(removeTag !== undefined && { remove_tags: removeTag }),
    ...(visibility !== undefined && { visibility }),
    ...(category !== undefined && { content_category: category }),
  }
}

/** `vitrine keep`, `discard` and `restore`. */
export function triageCommands(context: CommandContext): Command[] {
  const keep = libraryCommand('keep', 'move assets from the Workspace into the Library')
    .argument('<asset...>', 'ids, beginnings of ids, or paths')
    .option('--collection <name>', 'collection to put them into')
    .action((references: string[], options: LibraryOptions & { collection?: string }) =>
      change(context, references, options, async (engine, ids) => {
        if (options.collection === undefined) return engine.request('assets.keep', { assets: { ids } })
        const { id } = await resolveCollection(engine, options.collection)
        return engine.request('assets.keep', { assets: { ids }, collectionId: id })
      }),
    )
  const others = [
    ['discard', 'assets.discard', 'move Workspace assets to Trash'],
    ['restore', 'assets.restore', 'bring assets back from Trash'],
  ] as const
  return [
    keep,
    ...others.map(([name, request, summary]) =>
      libraryCommand(name, summary)
        .argument('<asset...>', 'ids, beginnings of ids, or paths')
        .action((references: string[], options: LibraryOptions) =>
          change(context, references, options, (engine, ids) => engine.request(request, { assets: { ids } })),
        ),
    ),
  ]
}

/** `vitrine undo`: takes back the last change. */
export function undoCommand(context: CommandContext): Command {
  return libraryCommand('undo', 'take back the last change').action((options: LibraryOptions) =>
    withLibrary(context, options, 'oneshot', async (engine) => {
      const result = await engine.request('history.undo', undefined)
      return printChange(context, options, result, [])
    }),
  )
}

/** Resolves the references, changes the assets that exist, and names those that do not. */
export async function change(
  context: CommandContext,
  references: readonly string[],
  options: LibraryOptions,
  mutate: (engine: SharedEngine, ids: AssetId[]) => Promise<MutationResult>,
): Promise<void> {
  await withLibrary(context, options, 'oneshot', async (engine) => {
    const { ids, failed } = await resolveAssets(engine, references, context.cwd)
    const result = ids.length > 0 ? await mutate(engine, ids) : null
    return printChange(context, options, result, failed)
  })
}

/** Prints what a change did; `result` is null when nothing was left to change. */
export function printChange(
  { terminal }: CommandContext,
  { json }: LibraryOptions,
  result: MutationResult | null,
  failed: readonly FailedItem[],
): ExitStatus {
  if (json) {
    const nothing = { count: 0, label: '', activityId: null, revision: null }
    terminal.json({ ...(result ?? nothing), failed: failed.map(({ item, ...rest }) => ({ id: item, ...rest })) })
  } else if (result) terminal.line(printable(result.label))
  for (const { item, code, message } of failed) if (!json) terminal.error(`${item}: ${message} (${code})`)
  return failed.length === 0 ? exitStatus.done : exitStatus.failed
}
