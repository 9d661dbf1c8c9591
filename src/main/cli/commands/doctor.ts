import { Command } from 'commander'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { CommandContext, LibraryOptions } from '../commandContext.ts'
import type { MachineReport } from '../doctor/checkMachine.ts'
import { exitStatus } from '../exitStatus.ts'
import { chooseLibrary } from '../libraryChoice.ts'
import { formatBytes, printable } from '../output/text.ts'

/** `vitrine doctor`: whether this machine has what Vitrine needs, and how to get what is missing. */
export function doctorCommand(context: CommandContext): Command {
  return new Command('doctor')
    .description('show versions, runtime, codecs and free disk; what is missing and how to get it')
    .option('--library <dir>', 'a library whose disk to look at')
    .option('--json', 'print one JSON document')
    .action(async (options: LibraryOptions) => {
      const { version, mediaProgram, env, terminal } = context
      const { checkMachine } = await import('../doctor/checkMachine.ts')
      const report = await checkMachine({ version, mediaProgram, env, library: libraryOf(context, options) })
      if (options.json) terminal.json(report)
      else for (const line of reportLines(report)) terminal.line(line)
      const broken = report.problems.some(({ required }) => required)
      context.finish(broken ? exitStatus.failed : exitStatus.done)
    })
}

function libraryOf(context: CommandContext, options: LibraryOptions): MachineReport['library'] {
  try {
    return { path: chooseLibrary(options.library, context.cwd, context.env) }
  } catch (error) {
    if (error instanceof VitrineError) return { problem: error.message }
    throw error
  }
}

function reportLines(report: MachineReport): string[] {
  const { node, media, electron, disk, library, problems } = report
  const decoded = Object.keys(media.formats).filter((format) => media.formats[format] === null)
  const facts = [
    ['vitrine', report.vitrine],
    ['platform', report.platform],
    ['node', `${node.version} (${node.path})`],
    ['sqlite', report.sqlite ?? 'missing'],
    ['decoders', `${decoded.join(', ')} (${media.program})`],
    ['electron', electron.path ?? `not here: ${electron.from}`],
    ['ffmpeg', report.ffmpeg ?? 'not installed (optional)'],
    ['clamd', report.clamd ?? 'not running (optional)'],
    ['disk', `${formatBytes(disk.freeBytes)} free of ${formatBytes(disk.totalBytes)} (${disk.path})`],
    ['library', 'path' in library ? library.path : 'none chosen'],
  ] as const
  const lines = facts.map(([name, value]) => `${name.padEnd(9)} ${printable(value)}`)
  for (const { what, how, required } of problems) {
    lines.push('', `${required ? 'Broken' : 'Note'}: ${printable(what)}`, `  ${printable(how)}`)
  }
  if (!problems.some(({ required }) => required)) lines.push('', 'Everything that is needed is here.')
  return lines
}
