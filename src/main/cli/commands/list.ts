import { type Command, InvalidArgumentError } from 'commander'
import type { Asset } from '../../../shared/domain/asset.ts'
import { type Sort, sortFieldSchema } from '../../../shared/domain/query.ts'
import { parseSearch } from '../../../shared/domain/search/parseSearch.ts'
import type { SharedEngine } from '../../engine/host/openOrJoin.ts'
import { type CommandContext, type LibraryOptions, libraryCommand, wholeNumber } from '../commandContext.ts'
import { type ExitStatus, exitStatus } from '../exitStatus.ts'
import { pointAt } from '../output/pointAt.ts'
import { type Column, count, formatBytes, formatTime, table } from '../output/text.ts'
import { withLibrary } from '../withLibrary.ts'

interface ListOptions extends LibraryOptions {
  readonly query: string
  readonly sort: Sort
  readonly limit?: number
  readonly offset: number
}

/** Records asked for at once; what is printed never has to be in memory as a whole. */
const PAGE = 500

const columns: readonly Column[] = [
  { title: 'ID' },
  { title: 'SPACE' },
  { title: 'STATUS' },
  { title: 'TYPE' },
  { title: 'SIZE', align: 'right' },
  { title: 'DIMENSIONS', align: 'right' },
  { title: 'IMPORTED' },
  { title: 'NAME' },
]

/** `vitrine list`: the assets that fit a query, in order. */
export function listCommand(context: CommandContext): Command {
  return libraryCommand('list', 'list assets')
    .option('--query <text>', 'words and fields, as in the search field: tag:x rating>=4 is:favorite', '')
    .option('--sort <field>', `${sortFieldSchema.options.join(', ')}; with :asc or :desc`, parseSort, {
      field: 'imported_at',
      direction: 'desc',
    } satisfies Sort)
    .option('--limit <n>', 'at most so many', wholeNumber)
    .option('--offset <n>', 'leave out so many at the beginning', wholeNumber, 0)
    .action(async (options: ListOptions) => {
      if (isUnderstood(context, options.query)) {
        await withLibrary(context, options, 'oneshot', (engine) => listAssets(context, engine, options))
      }
    })
}

/** Ends the command as wrong usage, with each mistake under its place, when the query has any. */
function isUnderstood(context: CommandContext, query: string): boolean {
  const { problems } = parseSearch(query)
  for (const problem of problems) {
    context.terminal.error(`The query: ${problem.message}`)
    for (const line of pointAt(query, problem)) context.terminal.note(line)
  }
  if (problems.length > 0) context.finish(exitStatus.usage)
  return problems.length === 0
}

/** `file_name`, `rating:asc`. Names begin with A, everything else with the newest, largest or best. */
function parseSort(text: string): Sort {
  const [name, given] = text.split(':')
  const field = sortFieldSchema.safeParse(name)
  if (!field.success) throw new InvalidArgumentError(`Choose from ${sortFieldSchema.options.join(', ')}.`)
  if (given !== undefined && given !== 'asc' && given !== 'desc') {
    throw new InvalidArgumentError('The direction is asc or desc.')
  }
  const byName = field.data === 'file_name' || field.data === 'custom_title'
  return { field: field.data, direction: given ?? (byName ? 'asc' : 'desc') }
}

async function listAssets(context: CommandContext, engine: SharedEngine, options: ListOptions): Promise<ExitStatus> {
  const { terminal } = context
  const { query: text, sort, offset, limit, json } = options
  const vector = await engine.request('assets.query', { view: { kind: 'everything' }, text, sort })
  const rowIds = vector.rowIds.subarray(offset, limit === undefined ? undefined : offset + limit)

  if (json) terminal.write(`{\n  "total": ${vector.total},\n  "assets": [`)
  let printed = 0
  for (let start = 0; start < rowIds.length && !context.interrupted.aborted; start += PAGE) {
    const page = await engine.request('assets.read', { rowIds: [...rowIds.subarray(start, start + PAGE)] })
    if (json) {
      for (const asset of page) terminal.write(`${printed++ === 0 ? '\n' : ',\n'}    ${JSON.stringify(asset)}`)
    } else {
      const lines = table(columns, page.map(cells))
      for (const line of start === 0 ? lines : lines.slice(1)) terminal.line(line)
      printed += page.length
    }
    await terminal.flush()
  }
  if (json) terminal.write(`${printed > 0 ? '\n  ' : ''}]\n}\n`)
  else if (printed === vector.total) terminal.note(count(vector.total, 'asset'))
  else terminal.note(`${printed} of ${count(vector.total, 'asset')}`)
  return context.interrupted.aborted ? exitStatus.failed : exitStatus.done
}

function cells(asset: Asset): string[] {
  const { id, space, status, asset_type, file_size_bytes, width, height, imported_at, file_name } = asset
  return [
    id,
    space,
    status,
    asset_type,
    formatBytes(file_size_bytes),
    width !== null && height !== null ? `${width}×${height}` : '',
    formatTime(imported_at),
    asset.custom_title ?? file_name,
  ]
}
