import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { type ExportFormat, exportFormatSchema } from '../../../shared/contract/requests/exportRequests.ts'
import { type CommandContext, type LibraryOptions, libraryCommand } from '../commandContext.ts'
import { exitStatus } from '../exitStatus.ts'
import { count, formatBytes, printable } from '../output/text.ts'
import { withLibrary } from '../withLibrary.ts'

interface ExportOptions extends LibraryOptions {
  readonly query: string
  readonly format: ExportFormat
}

/** `vitrine export PATH`: what the catalogue knows, for other programs. */
export function exportCommand(context: CommandContext): Command {
  return libraryCommand('export', 'write what is known of assets: JSON, CSV, or an XMP sidecar for each')
    .argument('<path>', 'file to write; a folder for xmp')
    .option('--query <text>', 'only what fits, as in the search field', '')
    .addOption(new Option('--format <format>', 'what to write').choices(exportFormatSchema.options).default('json'))
    .action((path: string, options: ExportOptions) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        const { format, query: text, json } = options
        const { rowIds } = await engine.request('assets.query', { view: { kind: 'everything' }, text })
        const target = resolve(context.cwd, path)
        const result = await engine.request('export.metadata', { assets: { rowIds }, format, path: target })
        if (json) context.terminal.json({ ...result, path: target })
        else {
          const written = `${count(result.files, 'file')} (${formatBytes(result.bytes)})`
          context.terminal.line(`Wrote ${count(result.assets, 'asset')} to ${printable(target)}: ${written}.`)
        }
        return exitStatus.done
      }),
    )
}
