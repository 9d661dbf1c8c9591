import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { Space } from '../../../shared/domain/asset.ts'
import type { ImportId } from '../../../shared/domain/ids.ts'
import type { DuplicatePolicy, ImportMode, ImportReport, ImportSummary } from '../../../shared/domain/import.ts'
import type { SharedEngine } from '../../engine/host/openOrJoin.ts'
import { type CommandContext, collect, type LibraryOptions, libraryCommand } from '../commandContext.ts'
import { type ExitStatus, exitStatus } from '../exitStatus.ts'
import { count, formatSeconds, printable } from '../output/text.ts'
import { ensureCollection } from '../resolveReferences.ts'
import { withLibrary } from '../withLibrary.ts'

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

/** How often an import is looked at when no event says that it has moved, ms. */
const LOOK_MS = 250
/** An import that a full disk or the like holds up for this long is left to a later run, ms. */
const GIVE_UP_MS = 8_000

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
  const held = await settled(context, engine, started.id, options.wait)
  const report = await engine.request('imports.report', { id: started.id })
  if (options.json) context.terminal.json(report)
  else printReport(context, report)

  const complete = report.failed.length === 0 && report.imported.every((file) => !hasFailed(file))
  // The window lists imports until a person has seen how they ended; this one has just been shown.
  if (complete && !held && options.wait) await engine.request('imports.dismiss', { id: started.id })
  const cancelled = report.skipped.some(({ code }) => code === 'cancelled')
  return complete && !held && !cancelled && !context.interrupted.aborted ? exitStatus.done : exitStatus.failed
}

/**
 * Waits for the end of an import; an interruption cancels it and waits for what that leaves. True when it was left
 * unfinished, because something holds it up that does not pass.
 */
async function settled(
  context: CommandContext,
  engine: SharedEngine,
  id: ImportId,
  thumbnails: boolean,
): Promise<boolean> {
  let cancelling = false
  let heldSince: number | null = null
  for (;;) {
    const summary = await engine.request('imports.get', { id })
    context.terminal.progress(progressLine(summary))
    const ended = summary.state === 'done' || summary.state === 'cancelled' || summary.state === 'failed'
    if (ended && (summary.processing === 0 || !thumbnails)) break
    if (!thumbnails && summary.state === 'running' && everyFileTaken(summary)) break
    heldSince = summary.problem === null ? null : (heldSince ?? Date.now())
    if (summary.problem !== null && heldSince !== null && Date.now() - heldSince > GIVE_UP_MS) {
      context.terminal.error(summary.problem.message)
      context.terminal.note(
        'Nothing is lost: the import goes on by itself the next time a window or `vitrine watch` has the library open.',
      )
      return true
    }
    if (context.interrupted.aborted && !cancelling) {
      cancelling = true
      context.terminal.note('Stopping the import…')
      await engine.request('imports.cancel', { id })
      continue
    }
    // Once cancelled, thumbnails of what came in are left to the next time the library is open.
    if (cancelling && ended) break
    await nextLook(engine, id, cancelling ? null : context.interrupted)
  }
  context.terminal.progress('')
  return false
}

function everyFileTaken(summary: ImportSummary): boolean {
  return summary.found > 0 && takenOf(summary) >= summary.found
}

/** Resolves when the import has moved, when a while has passed, or when the command is interrupted. */
function nextLook(engine: SharedEngine, id: ImportId, interrupted: AbortSignal | null): Promise<void> {
  return new Promise((resolveLook) => {
    const look = () => {
      clearTimeout(timer)
      stop()
      interrupted?.removeEventListener('abort', look)
      resolveLook()
    }
    const timer = setTimeout(look, LOOK_MS)
    const stop = engine.on((event) => {
      if (event.name === 'imports.changed' && event.payload.some((summary) => summary.id === id)) look()
    })
    interrupted?.addEventListener('abort', look)
  })
}

function takenOf({ imported, duplicates, skipped, sidecars, failed }: ImportSummary): number {
  return imported + duplicates + skipped + sidecars + failed
}

function progressLine(summary: ImportSummary): string {
  const parts = [`${takenOf(summary)} of ${summary.found} files`]
  if (summary.processing > 0) parts.push(`${summary.processing} thumbnails to make`)
  if (summary.failed > 0) parts.push(`${summary.failed} failed`)
  return `${summary.state === 'counting' ? 'Counting: ' : ''}${parts.join(', ')}`
}

/** In the library, but its content could not be read. What merely has no preview is sound. */
function hasFailed({ status }: ImportReport['imported'][number]): boolean {
  return status === 'error' || status === 'quarantined' || status === 'missing'
}

function printReport({ terminal }: CommandContext, report: ImportReport): void {
  for (const { path, code, message } of report.failed) terminal.error(`${path}: ${message} (${code})`)
  for (const file of report.imported) {
    if (hasFailed(file)) terminal.warn(`${file.path}: ${file.message ?? file.status} (${file.code ?? file.status})`)
  }
  for (const { path, notice } of report.imported) {
    if (notice !== undefined) terminal.warn(`${path}: ${notice.message} (${notice.code})`)
  }
  const plain = report.imported.filter((file) => file.code !== undefined && !hasFailed(file)).length
  if (plain > 0) terminal.note(`${count(plain, 'file is', 'files are')} of a kind that has no preview yet.`)
  for (const { path, of } of report.duplicates) terminal.line(`${printable(path)} is in the library already: ${of}`)
  const parts = [`${count(report.imported.length, 'file')} imported`]
  if (report.duplicates.length > 0) parts.push(count(report.duplicates.length, 'duplicate'))
  if (report.sidecars.length > 0) parts.push(count(report.sidecars.length, 'sidecar'))
  if (report.skipped.length > 0) parts.push(`${report.skipped.length} skipped`)
  if (report.failed.length > 0) parts.push(`${report.failed.length} failed`)
  terminal.line(terminal.bold(`${parts.join(', ')} in ${formatSeconds(report.seconds)}`))
}
