import { type Command, InvalidArgumentError } from 'commander'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { KeptReason } from '../../../shared/domain/cloudCare.ts'
import type { SharedEngine } from '../../engine/host/openOrJoin.ts'
import { type CommandContext, type LibraryOptions, libraryCommand } from '../commandContext.ts'
import { provideCredentials } from '../environmentCredentials.ts'
import { type ExitStatus, exitStatus } from '../exitStatus.ts'
import { count, formatBytes } from '../output/text.ts'
import { resolveAssets } from '../resolveReferences.ts'
import { withLibrary } from '../withLibrary.ts'

interface EvictOptions extends LibraryOptions {
  readonly budget?: number
}

/** Why an original stays, for a person. */
const REASONS: Readonly<Record<KeptReason, string>> = {
  gone: 'there is no such asset any more',
  elsewhere: 'it is not here',
  linked: 'it is a file of your own that the library only links to',
  workspace: 'it is in the Workspace',
  trash: 'it is in Trash, or shares its file with something there',
  pinned: 'a collection that it is in stays on this computer',
  busy: 'it is still being read',
  version: 'it is an earlier version of another asset',
  unsynced: 'the bucket has not confirmed it yet, or other devices do not know of it',
  damaged: 'the file here is not what it should be: vitrine verify --remote --repair',
  bucket: 'the bucket does not hold it as it should: vitrine verify --remote --repair',
}

/** `vitrine evict ID...`: originals that the bucket holds leave this computer. */
export function evictCommand(context: CommandContext): Command {
  return libraryCommand('evict', 'free disk space: remove originals here that the bucket is shown to hold')
    .argument('[asset...]', 'ids, beginnings of ids, or paths')
    .option('--budget <size>', 'what was read longest ago, until this much is left, such as 20GB', sizeOf)
    .addHelpText(
      'after',
      '\nThumbnails and everything else of the assets stay; originals come back with vitrine fetch, or when they are looked at.' +
        '\nCredentials are read from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    )
    .action((references: string[], options: EvictOptions) => {
      if ((options.budget === undefined) === (references.length === 0)) {
        throw new VitrineError('usage', 'Name assets, or say with --budget how much may stay.')
      }
      return withLibrary(context, options, 'oneshot', async (engine) => {
        await provideCredentials(engine, context.env)
        const { budget } = options
        return budget === undefined
          ? evict(context, engine, references, options)
          : shrink(context, engine, budget, options)
      })
    })
}

async function evict(
  context: CommandContext,
  engine: SharedEngine,
  references: readonly string[],
  options: EvictOptions,
): Promise<ExitStatus> {
  const { ids, failed: unknown } = await resolveAssets(engine, [...references], context.cwd)
  const report =
    ids.length === 0
      ? { evicted: [], bytes: 0, kept: [], failed: [] }
      : await engine.request('originals.evict', { ids })
  if (options.json) context.terminal.json({ ...report, unknown })
  else {
    for (const { item, message } of unknown) context.terminal.error(`${item}: ${message}`)
    for (const { id, message, code } of report.failed) context.terminal.error(`${id}: ${message} (${code})`)
    for (const { id, reason } of report.kept) context.terminal.line(`${id} stays: ${REASONS[reason]}`)
    context.terminal.line(
      `${count(report.evicted.length, 'original')} removed here, ${formatBytes(report.bytes)} freed`,
    )
  }
  // What is not here any more is what was asked for.
  const kept = report.kept.filter(({ reason }) => reason !== 'elsewhere')
  return kept.length + report.failed.length + unknown.length === 0 ? exitStatus.done : exitStatus.failed
}

async function shrink(
  context: CommandContext,
  engine: SharedEngine,
  budgetBytes: number,
  options: EvictOptions,
): Promise<ExitStatus> {
  const report = await engine.request('originals.shrink', { budgetBytes })
  const { evicted, bytes, bytesHere } = report
  if (options.json) context.terminal.json(report)
  else {
    context.terminal.line(`${count(evicted, 'original')} removed here, ${formatBytes(bytes)} freed`)
    if (bytesHere > budgetBytes) context.terminal.line(`${formatBytes(bytesHere)} have to stay, or were just read.`)
  }
  return bytesHere <= budgetBytes ? exitStatus.done : exitStatus.failed
}

function sizeOf(text: string): number {
  const [, number, unit, binary] = /^(\d+(?:\.\d+)?)\s*([kmgt]?)(i?)b?$/i.exec(text.trim()) ?? []
  const exponent = ['', 'k', 'm', 'g', 't'].indexOf((unit ?? '').toLowerCase())
  if (number === undefined || exponent < 0) throw new InvalidArgumentError('Give a size such as 500MB or 20GB.')
  return Math.round(Number(number) * (binary === '' ? 1000 : 1024) ** exponent)
}
