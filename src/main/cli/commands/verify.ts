import { setTimeout as delay } from 'node:timers/promises'
import type { Command } from 'commander'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { Verification, VerificationReport } from '../../../shared/domain/verification.ts'
import type { SharedEngine } from '../../engine/host/openOrJoin.ts'
import { type CommandContext, type LibraryOptions, libraryCommand } from '../commandContext.ts'
import { provideCredentials } from '../environmentCredentials.ts'
import { exitStatus } from '../exitStatus.ts'
import { count, formatBytes, formatSeconds, printable } from '../output/text.ts'
import { withLibrary } from '../withLibrary.ts'

interface VerifyOptions extends LibraryOptions {
  readonly remote?: true
  readonly deep?: true
  readonly repair?: true
}

const LOOK_MS = 200

/** `vitrine verify`: every file against its hash. Exit status 1 when something is wrong and was not mended. */
export function verifyCommand(context: CommandContext): Command {
  return libraryCommand('verify', 'compare every file with its hash; find what is missing, damaged or orphaned')
    .option('--remote', 'also ask the bucket for everything it should hold')
    .option('--deep', 'with --remote: download every object and hash it')
    .option('--repair', 'mend what can be mended; nothing is thrown away')
    .action((options: VerifyOptions) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        if (options.deep === true && options.remote !== true) {
          throw new VitrineError('usage', '--deep is about the bucket. Write: vitrine verify --remote --deep')
        }
        await provideCredentials(engine, context.env)
        await engine.request('verify.start', {
          repair: options.repair === true,
          remote: options.remote === true,
          deep: options.deep === true,
        })
        const report = await finished(context, engine)
        if (options.json) context.terminal.json(report)
        else for (const line of reportLines(report)) context.terminal.line(line)
        return isWhole(report) ? exitStatus.done : exitStatus.failed
      }),
    )
}

async function finished(context: CommandContext, engine: SharedEngine): Promise<VerificationReport> {
  for (;;) {
    const verification = await engine.request('verify.state', undefined)
    context.terminal.progress(verification.state === 'running' ? progressOf(verification) : '')
    if (verification.state !== 'running') return reportOf(verification)
    if (context.interrupted.aborted) await engine.request('verify.cancel', undefined)
    await delay(LOOK_MS)
  }
}

function reportOf({ state, message, report }: Verification): VerificationReport {
  if (state === 'cancelled') throw new VitrineError('cancelled', 'The check was interrupted.')
  if (state === 'done' && report !== null) return report
  throw new VitrineError('io_error', message ?? 'The check could not be finished.')
}

function progressOf({ checked, total, problems }: Verification): string {
  return `${checked.toLocaleString('en-GB')} of ${count(total, 'asset')} checked, ${count(problems, 'problem')}`
}

/** Everything is as it should be, or is again. */
function isWhole({ counts, catalog, journal }: VerificationReport): boolean {
  const wrong = counts.missing + counts.damaged + counts.unreadable + counts.orphaned + counts.undrawn + counts.remote
  return wrong + catalog.length <= counts.repaired && journal.length === 0
}

function reportLines(report: VerificationReport): string[] {
  const { counts, checked, bytes, seconds } = report
  const named = (title: string, paths: readonly string[], all: number): string[] => [
    ...(all === 0 ? [] : [`${title}: ${all.toLocaleString('en-GB')}`]),
    ...paths.slice(0, 20).map((path) => `  ${printable(path)}`),
    ...(all > 20 ? [`  … and ${count(all - 20, 'other')}; --json names up to 1,000`] : []),
  ]
  const path = (finding: { readonly path: string }): string => finding.path
  const lines = [
    ...named('missing', report.missing.map(path), counts.missing),
    ...named('damaged', report.damaged.map(path), counts.damaged),
    ...named(
      'unreadable',
      report.unreadable.map(({ path: where, message }) => `${where}: ${message}`),
      counts.unreadable,
    ),
    ...named('orphaned', report.orphaned, counts.orphaned),
    ...(counts.undrawn === 0 ? [] : [`without the thumbnail they had: ${counts.undrawn.toLocaleString('en-GB')}`]),
    ...named(
      'not in the bucket as it should be',
      report.remote.map(({ key, problem }) => `${key}: ${problem}`),
      counts.remote,
    ),
    ...named('catalogue', report.catalog, report.catalog.length),
    ...named('journal', report.journal, report.journal.length),
    ...named(
      'repaired',
      report.repaired.map(({ path: where, how }) => `${where}: ${how}`),
      counts.repaired,
    ),
  ]
  const summary = `${count(checked, 'file')} (${formatBytes(bytes)}) checked in ${formatSeconds(seconds)}.`
  return [...lines, lines.length === 0 ? `${summary} Everything is as it should be.` : summary]
}
