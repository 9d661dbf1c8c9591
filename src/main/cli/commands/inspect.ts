import { Command } from 'commander'
import type { CommandContext } from '../commandContext.ts'
import { exitStatus } from '../exitStatus.ts'
import type { InspectedGeneration } from '../inspect/inspectedGeneration.ts'
import type { FailedFile, InspectedFile } from '../inspect/inspectFiles.ts'
import { formatBytes, printable } from '../output/text.ts'

/** `vitrine inspect FILE...`: what would be read from files, without a library. */
export function inspectCommand(context: CommandContext): Command {
  return new Command('inspect')
    .description('show what would be read from files, without a library')
    .argument('<file...>')
    .option('--json', 'print one JSON document')
    .action(async (files: string[], options: { json?: true }) => {
      const { inspectFiles } = await import('../inspect/inspectFiles.ts')
      const results = await inspectFiles(context, files)
      if (options.json) context.terminal.json(results)
      else for (const result of results) print(context, result)
      context.finish(results.some((result) => 'error' in result) ? exitStatus.failed : exitStatus.done)
    })
}

function print({ terminal }: CommandContext, result: InspectedFile | FailedFile): void {
  if ('error' in result) {
    terminal.error(`${result.path}: ${result.error.message} (${result.error.code})`)
    return
  }
  const { path, type, mime_type, file_size_bytes, width, height, captured_at, exif, generation, problem } = result
  terminal.line(terminal.bold(printable(path)))
  const facts = [
    ['type', `${type} (${mime_type})`],
    ['size', formatBytes(file_size_bytes)],
    ['dimensions', width !== null && height !== null ? `${width}×${height}` : null],
    ['taken', captured_at],
    ['duration', result.duration_seconds === null ? null : `${result.duration_seconds.toFixed(1)} s`],
    ['made by', generation?.generator ?? null],
    ['prompt', generation?.prompt ?? null],
    ['negative', generation?.negativePrompt ?? null],
    ['settings', generation === null ? null : settingsLine(generation)],
    ['problem', problem?.message ?? null],
    ['exif', exif === null ? null : JSON.stringify(exif)],
  ] as const
  for (const [name, value] of facts) if (value !== null) terminal.line(`  ${name.padEnd(10)} ${printable(value)}`)
}

function settingsLine(generation: InspectedGeneration): string | null {
  const { model, seed, sampler, steps, cfg, width, height } = generation
  const settings = [
    ['model', model],
    ['seed', seed],
    ['sampler', sampler],
    ['steps', steps],
    ['cfg', cfg],
    ['size', width === null || height === null ? null : `${width}×${height}`],
  ] as const
  const line = settings.flatMap(([name, value]) => (value === null ? [] : [`${name} ${value}`])).join(', ')
  return line === '' ? null : line
}
