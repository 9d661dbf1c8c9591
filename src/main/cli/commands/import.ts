import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { Space } from '../../../shared/domain/asset.ts'
import type { DuplicatePolicy, ImportMode } from '../../../shared/domain/import.ts'
import type { SharedEngine } from '../../engine/host/openOrJoin.ts'
import { type CommandContext, collect, type LibraryOptions, libraryCommand } from '../commandContext.ts'
import type { ExitStatus } from '../exitStatus.ts'
import { ensureCollection } from '../resolveReferences.ts'
import { withLibrary } from '../withLibrary.ts'
import { conclude, importSettled, printImportReport } from './followImport.ts'

interface ImportCommandOptions extends LibraryOptions {
  readonly space?: Space
  readonly collection?: string
  readonly move?: true
  readonly link?: true
  readonly onDuplicate?: DuplicatePolicy
  readonly ignore?: readonly string[]
  readonly thumbnailsLater?: true
  readonly folders?: true
  readonly eagle?: true
  readonly takeOver?: boolean
  readonly wait: boolean
}

/** `vitrine import PATH...`: files and folders into the library. */
export function importCommand(context: CommandContext): Command {
  return libraryCommand('import', 'take files and folders into the library')
    .argument('<path...>', 'files and folders; folders are read with everything inside')
    .addOption(
      new Option(
        '--space <space>',
        'where the files go (default: workspace; library when --collection is given)',
      ).choices(['workspace', 'library']),
    )
    .option('--collection <name>', 'collection of the library to put them into; made if it is missing')
    .addOption(new Option('--move', 'remove each file once its copy is safe').conflicts('link'))
    .addOption(new Option('--link', 'refer to the files where they are instead of copying them'))
    .addOption(
      new Option(
        '--on-duplicate <policy>',
        'what to do with bytes that are in the library already: leave them out, make an asset that shares the stored file, or store them again',
      ).choices(['skip', 'link', 'keep-both']),
    )
    .addOption(new Option('--folders', 'make collections of the folders').conflicts(['space', 'eagle']))
    .addOption(
      new Option('--eagle', 'the paths are libraries of Eagle: bring their folders, tags and stars along').conflicts(
        'space',
      ),
    )
    .option('--take-over', 'make tags and ratings of the keywords and stars that files and their sidecars carry')
    .option('--no-take-over', 'leave them as facts of the file, whatever the settings of the library say')
    .option('--thumbnails-later', 'read the files now, and draw them when somebody looks at them')
    .option(
      '--ignore <pattern>',
      'leave out what matches, such as *.tmp or cache/; may be given several times',
      collect,
    )
    .option('--no-wait', 'return when the catalogue has the files, before their thumbnails are made')
    .action(async (paths: string[], options: ImportCommandOptions) => {
      if (options.collection !== undefined && options.space === 'workspace') {
        throw new VitrineError(
          'usage',
          'Collections are of the library: --collection does not go with --space workspace.',
        )
      }
      await withLibrary(context, options, 'oneshot', (engine) => importPaths(context, engine, paths, options))
    })
}

async function importPaths(
  context: CommandContext,
  engine: SharedEngine,
  paths: readonly string[],
  options: ImportCommandOptions,
): Promise<ExitStatus> {
  const collectionId = options.collection === undefined ? undefined : await ensureCollection(engine, options.collection)
  const mode: ImportMode = options.move ? 'move' : options.link ? 'link' : 'copy'
  const organise = options.eagle ? 'eagle' : options.folders ? 'folders' : undefined
  const started = await engine.request('imports.start', {
    paths: paths.map((path) => resolve(context.cwd, path)),
    options: {
      space: options.space ?? (collectionId === undefined && organise === undefined ? 'workspace' : 'library'),
      mode,
      ...(collectionId !== undefined && { collectionId }),
      ...(organise !== undefined && { organise }),
      ...(options.takeOver !== undefined && { takeOver: options.takeOver }),
      ...(options.onDuplicate !== undefined && { onDuplicate: options.onDuplicate }),
      ...(options.ignore !== undefined && { ignore: [...options.ignore] }),
      ...(options.thumbnailsLater && { thumbnails: 'later' as const }),
    },
    source: 'command-line',
  })
  const held = await importSettled(context, engine, started.id, options.wait)
  const report = await engine.request('imports.report', { id: started.id })
  if (options.json) context.terminal.json(report)
  else printImportReport(context, report)

  return conclude(context, engine, started.id, report, { held, isWhole: options.wait })
}
