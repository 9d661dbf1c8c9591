import type { ImportId } from '../../../shared/domain/ids.ts'
import type { ImportReport, ImportSummary } from '../../../shared/domain/import.ts'
import type { SharedEngine } from '../../engine/host/openOrJoin.ts'
import type { CommandContext } from '../commandContext.ts'
import { type ExitStatus, exitStatus } from '../exitStatus.ts'
import { count, formatSeconds, printable } from '../output/text.ts'

/** How often an import is looked at when no event says that it has moved, ms. */
const LOOK_MS = 250
/** An import that a full disk or the like holds up for this long is left to a later run, ms. */
const GIVE_UP_MS = 8_000

/**
 * Waits for the end of an import; an interruption cancels it and waits for what that leaves. True when it was left
 * unfinished, because something holds it up that does not pass.
 */
export async function importSettled(
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

/** How a command ends after an import that was shown to a person. */
export async function conclude(
  context: CommandContext,
  engine: SharedEngine,
  id: ImportId,
  report: ImportReport,
  { held, isWhole }: { readonly held: boolean; readonly isWhole: boolean },
): Promise<ExitStatus> {
  const complete = report.failed.length === 0 && report.imported.every((file) => !hasFailed(file))
  // The window lists imports until a person has seen how they ended; this one has just been shown.
  if (complete && !held && isWhole) await engine.request('imports.dismiss', { id })
  const cancelled = report.skipped.some(({ code }) => code === 'cancelled')
  return complete && !held && !cancelled && !context.interrupted.aborted ? exitStatus.done : exitStatus.failed
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

/** What an import came to, for a person. */
export function printImportReport({ terminal }: CommandContext, report: ImportReport): void {
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
