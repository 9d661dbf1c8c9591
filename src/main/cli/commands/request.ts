import { Command } from 'commander'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { RequestOutput } from '../../../shared/contract/requests.ts'
import type { GenerationRequest, GenerationRequestId } from '../../../shared/domain/generationRequest.ts'
import { requestIdSchema } from '../../../shared/domain/generationRequest.ts'
import type { GenerationJobId } from '../../../shared/domain/ids.ts'
import type { SharedEngine } from '../../engine/host/openOrJoin.ts'
import { type CommandContext, collect, type LibraryOptions, libraryCommand, wholeNumber } from '../commandContext.ts'
import { type ExitStatus, exitStatus } from '../exitStatus.ts'
import { formatTime, printable, table } from '../output/text.ts'
import { type KeyOptions, provideSecrets, withKey } from '../remoteKeys.ts'
import { resolveAssets, resolveCollection, startsWithId } from '../resolveReferences.ts'
import { withLibrary } from '../withLibrary.ts'
import { change, printChange } from './organise.ts'

type Detail = RequestOutput<'requests.get'>

/** `vitrine request …`: what generators are asked for. A request is named by its id or the beginning of it. */
export function requestCommand(context: CommandContext): Command {
  return new Command('request')
    .description('what generators are asked for: prompts, references, jobs and outputs')
    .addCommand(create(context))
    .addCommand(list(context))
    .addCommand(show(context))
    .addCommand(reference(context))
    .addCommand(media(context))
    .addCommand(assign(context))
    .addCommand(cancel(context))
    .addCommand(remove(context))
}

interface CreateOptions extends LibraryOptions {
  readonly metadata?: string
  readonly collection?: string
  readonly reference?: string[]
}

function create(context: CommandContext): Command {
  return libraryCommand('create', 'write down a request; prints the folder in which its files are its own')
    .argument('<prompt>')
    .option('--metadata <json>', 'what the generator is given beside the prompt, a JSON object')
    .option('--collection <collection>', 'collection that it belongs to')
    .option('--reference <asset>', 'an asset to look at; may be repeated, in order', collect)
    .action((prompt: string, options: CreateOptions) => {
      const metadata = options.metadata === undefined ? undefined : parseObject(options.metadata)
      return withLibrary(context, options, 'oneshot', async (engine) => {
        const { ids, failed } = await resolveAssets(engine, options.reference ?? [], context.cwd)
        const [first] = failed
        if (first !== undefined) throw new VitrineError(first.code, first.message)
        const collection = options.collection && (await resolveCollection(engine, options.collection))
        const { request } = await engine.request('requests.create', {
          prompt,
          references: ids,
          ...(metadata && { metadata }),
          ...(collection && { collectionId: collection.id }),
        })
        const detail = await engine.request('requests.get', { id: request.id })
        if (options.json) context.terminal.json(detail)
        else for (const line of detailLines(detail)) context.terminal.line(line)
        return exitStatus.done
      })
    })
}

/** @throws {VitrineError} `usage` for what is no JSON object. */
function parseObject(text: string): GenerationRequest['input_metadata'] {
  try {
    const value: unknown = JSON.parse(text)
    if (value !== null && typeof value === 'object' && !Array.isArray(value))
      return value as GenerationRequest['input_metadata']
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new VitrineError('usage', '--metadata must be a JSON object, for example \'{"steps": 20}\'.')
}

function list(context: CommandContext): Command {
  return libraryCommand('list', 'list requests, the newest first')
    .option('--collection <collection>', 'only those of a collection')
    .option('--limit <n>', 'how many at most', wholeNumber, 100)
    .action((options: LibraryOptions & { collection?: string; limit: number }) =>
      withLibrary(context, options, 'oneshot', async (engine) => {
        const collection = options.collection && (await resolveCollection(engine, options.collection))
        const requests: GenerationRequest[] = []
        while (requests.length < options.limit) {
          const last = requests.at(-1)
          const page = await engine.request('requests.list', {
            limit: Math.min(500, options.limit - requests.length),
            ...(collection && { collectionId: collection.id }),
            ...(last && { before: { id: last.id, created_at: last.created_at } }),
          })
          requests.push(...page)
          if (page.length === 0) break
        }
        if (options.json) context.terminal.json({ requests })
        else for (const line of listLines(requests)) context.terminal.line(line)
        return exitStatus.done
      }),
    )
}

function show(context: CommandContext): Command {
  return libraryCommand('show', 'show a request with its references, jobs and outputs')
    .argument('<request>')
    .action((request: string, options: LibraryOptions) =>
      withRequest(context, request, options, async (engine, id) => {
        const detail = await engine.request('requests.get', { id })
        const { rowIds } = await engine.request('requests.outputs', { id })
        const outputs: { readonly id: string; readonly file_name: string }[] = []
        for (let from = 0; from < rowIds.length; from += 1000) {
          const cards = await engine.request('assets.cards', { rowIds: rowIds.slice(from, from + 1000) })
          outputs.push(...cards.map((card) => ({ id: card.id, file_name: card.file_name })))
        }
        if (options.json) context.terminal.json({ ...detail, outputs })
        else {
          for (const line of detailLines(detail)) context.terminal.line(line)
          for (const output of outputs)
            context.terminal.line(`output       ${output.id}  ${printable(output.file_name)}`)
        }
        return exitStatus.done
      }),
    )
}

function reference(context: CommandContext): Command {
  return libraryCommand('reference', 'add references to a request, after those that it has')
    .argument('<request>')
    .argument('<asset...>', 'ids, beginnings of ids, or paths')
    .option('--remove', 'take them away instead')
    .action((request: string, assets: string[], options: LibraryOptions & { remove?: true }) =>
      change(context, assets, options, async (engine, ids) => {
        const id = await resolveRequest(engine, request)
        return options.remove
          ? engine.request('requests.removeReferences', { id, assets: { ids } })
          : engine.request('requests.addReferences', { id, references: ids })
      }),
    )
}

function media(context: CommandContext): Command {
  return withKey(
    libraryCommand('media', 'put its references where the generator can read them, and print their addresses'),
  )
    .argument('<request>')
    .option('--expires <seconds>', 'how long the links of a private bucket work', wholeNumber, 86_400)
    .addHelpText(
      'after',
      `
Needs a remote of the role references. What its rules do not take is named, with the reason.
Credentials are read from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`,
    )
    .action((request: string, options: LibraryOptions & KeyOptions & { readonly expires: number }) =>
      withRequest(context, request, options, async (engine, id) => {
        await provideSecrets(context, engine, options)
        const found = await engine.request('requests.media', { id, expiresSeconds: options.expires })
        if (options.json) context.terminal.json(found)
        else {
          for (const { id: asset, file_name, url, reason } of found.media) {
            if (url !== null) context.terminal.line(url)
            else context.terminal.error(`${printable(file_name)} (${asset}): ${reason}`)
          }
        }
        return found.media.every(({ url }) => url !== null) ? exitStatus.done : exitStatus.failed
      }),
    )
}

interface AssignOptions extends LibraryOptions {
  readonly job?: string[]
  readonly asset?: string[]
}

function assign(context: CommandContext): Command {
  return libraryCommand('assign', 'make jobs or assets outputs of a request')
    .argument('<request>', 'the request, or "none" to take them out of theirs')
    .option('--job <job>', 'name of a subfolder of the drop folder, or id of a job; may be repeated', collect)
    .option('--asset <asset>', 'an asset that came without a job; may be repeated', collect)
    .action((request: string, options: AssignOptions) => {
      const { job: jobs = [], asset: assets = [] } = options
      if ((jobs.length === 0) === (assets.length === 0))
        throw new VitrineError(
          'usage',
          'Say what to assign: either --job or --asset. See: vitrine request assign --help',
        )
      if (assets.length > 0)
        return change(context, assets, options, async (engine, ids) =>
          engine.request('requests.assignOutputs', { id: await requestOrNone(engine, request), assets: { ids } }),
        )
      return withLibrary(context, options, 'oneshot', async (engine) => {
        const id = await requestOrNone(engine, request)
        const result = await engine.request('requests.assignJobs', { id, jobs: await resolveJobs(engine, jobs) })
        return printChange(context, options, result, [])
      })
    })
}

function cancel(context: CommandContext): Command {
  return libraryCommand('cancel', 'say that nothing more is wanted of a request')
    .argument('<request>')
    .option('--reopen', 'take that back')
    .action((request: string, options: LibraryOptions & { reopen?: true }) =>
      withRequest(context, request, options, async (engine, id) =>
        printChange(context, options, await engine.request('requests.cancel', { id, cancelled: !options.reopen }), []),
      ),
    )
}

function remove(context: CommandContext): Command {
  return libraryCommand('delete', 'delete a request; its references, jobs and outputs stay')
    .argument('<request>')
    .action((request: string, options: LibraryOptions) =>
      withRequest(context, request, options, async (engine, id) =>
        printChange(context, options, await engine.request('requests.delete', { id }), []),
      ),
    )
}

function withRequest(
  context: CommandContext,
  reference: string,
  options: LibraryOptions,
  run: (engine: SharedEngine, id: GenerationRequestId) => Promise<ExitStatus>,
): Promise<void> {
  return withLibrary(context, options, 'oneshot', async (engine) =>
    run(engine, await resolveRequest(engine, reference)),
  )
}

/** @throws {VitrineError} `not_found`, or `invalid_request` when several fit. */
async function resolveRequest(engine: SharedEngine, reference: string): Promise<GenerationRequestId> {
  const exact = requestIdSchema.safeParse(reference.toLowerCase())
  if (exact.success) return exact.data
  const found =
    reference.length < 4 || reference.length > 36 ? [] : await engine.request('requests.find', { reference })
  if (found.length > 1) {
    const names = found.map(({ id }) => id).join(', ')
    throw new VitrineError('invalid_request', `"${reference}" could be ${names}. Give more of the id.`)
  }
  if (!found[0]) throw new VitrineError('not_found', `There is no request "${reference}" in this library.`)
  return found[0].id
}

async function requestOrNone(engine: SharedEngine, reference: string): Promise<GenerationRequestId | null> {
  return reference === 'none' ? null : resolveRequest(engine, reference)
}

/** Jobs by folder, id or the beginning of an id. @throws {VitrineError} `not_found`, or `invalid_request` when several fit. */
async function resolveJobs(engine: SharedEngine, references: readonly string[]): Promise<GenerationJobId[]> {
  const jobs: RequestOutput<'jobs.list'> = []
  for (;;) {
    const last = jobs.at(-1)
    const page = await engine.request('jobs.list', {
      ...(last && { before: { id: last.id, updated_at: last.updated_at } }),
    })
    if (page.length === 0) break
    jobs.push(...page)
  }
  return references.map((reference) => {
    const named = jobs.filter(({ folder }) => folder === reference)
    const found = named.length > 0 ? named : jobs.filter(({ id }) => startsWithId(id, reference))
    if (found.length > 1) {
      const names = found.map(({ id, folder }) => `${id} (${folder})`).join(', ')
      throw new VitrineError('invalid_request', `"${reference}" could be ${names}. Give more of the id.`)
    }
    if (!found[0]) throw new VitrineError('not_found', `There is no job "${reference}" in this library.`)
    return found[0].id
  })
}

function listLines(requests: readonly GenerationRequest[]): string[] {
  const rows = requests.map(({ id, status, output_count, created_at, user_prompt }) => [
    id,
    status,
    String(output_count),
    formatTime(created_at),
    user_prompt.slice(0, 200),
  ])
  const outputs = { title: 'OUTPUTS', align: 'right' as const }
  return table([{ title: 'ID' }, { title: 'STATUS' }, outputs, { title: 'MADE' }, { title: 'PROMPT' }], rows)
}

function detailLines(request: Detail): string[] {
  const { input_metadata: metadata, error } = request
  const rows = [
    ['id', request.id],
    ['prompt', request.user_prompt],
    ['status', `${request.status}, ${Math.round(request.progress * 100)} %`],
    ...(error === null ? [] : [['error', error]]),
    ...(Object.keys(metadata).length === 0 ? [] : [['metadata', JSON.stringify(metadata)]]),
    ...(request.collection_id === null ? [] : [['collection', request.collection_id]]),
    ...request.references.map(({ id, in_trash }) => ['reference', `${id}${in_trash ? ' (in Trash)' : ''}`]),
    ...request.jobs.map(({ folder, status }) => ['job', `${folder} (${status})`]),
    ['outputs', String(request.output_count)],
    ['drop folder', request.drop_folder],
  ]
  return table([{ title: 'FIELD' }, { title: 'VALUE' }], rows).slice(1)
}
