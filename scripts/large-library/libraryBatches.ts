import type { CellValue, Operation } from '../../src/main/engine/catalog/journal/operation.ts'
import { deviceIdSchema } from '../../src/shared/domain/ids.ts'
import { assetDrawer, operation } from './assetOperations.ts'
import { chanceFor, purposes } from './chance.ts'
import { KEPT_DAYS } from './librarySize.ts'
import type { Burst } from './planBursts.ts'
import type { LibraryPlan } from './planLibrary.ts'
import { composePrompt } from './prompts.ts'

export interface LibraryBatch {
  readonly operations: readonly Operation[]
  /** Assets in the order in which they are made, by the burst they came with. */
  readonly arrivals: readonly { readonly burst: Burst; readonly ids: readonly string[] }[]
}

/** Assets of one batch: one transaction writes them. */
const BATCH = 20_000

/** Everything that ever happened in a library, in order. What belongs together may stand in two batches. */
export function* libraryBatches(plan: LibraryPlan): Generator<LibraryBatch> {
  yield { operations: [...organisation(plan)], arrivals: [] }
  const draw = assetDrawer(plan)
  let operations: Operation[] = []
  let arrivals: { burst: Burst; ids: string[] }[] = []
  let [number, waiting] = [0, 0]
  for (const burst of plan.bursts) {
    operations.push(...jobOf(plan, burst))
    let ids: string[] = []
    arrivals.push({ burst, ids })
    for (let index = 0; index < burst.count; index++) {
      const asset = draw(burst, index, number++)
      ids.push(asset.id)
      operations.push(...asset.operations)
      if (++waiting === BATCH) {
        yield { operations, arrivals }
        ids = []
        ;[operations, arrivals, waiting] = [[], [{ burst, ids }], 0]
      }
    }
  }
  if (operations.length > 0) yield { operations, arrivals }
}

function* organisation(plan: LibraryPlan): Generator<Operation> {
  const device = deviceIdSchema.parse(plan.device)
  for (const key of ['expiry_days', 'trash_days']) {
    yield operation(device, 'librarySetting', key, 'value', String(KEPT_DAYS), plan.createdAt)
  }
  for (const tag of plan.tags) {
    const { id, createdAt } = tag
    const record = {
      parent_id: tag.parentId,
      name: tag.name,
      color: tag.color,
      created_at: createdAt,
      deleted_at: createdAt,
    }
    const set = (field: string, value: CellValue) => operation(device, 'tag', id, field, value, createdAt)
    yield set('', record)
    yield set('deleted_at', null)
    yield set('position', tag.position)
    if (tag.aliases.length > 0) yield set('aliases', JSON.stringify(tag.aliases))
  }
  for (const collection of plan.collections) {
    const { id, createdAt } = collection
    const set = (field: string, value: CellValue) => operation(device, 'collection', id, field, value, createdAt)
    yield set('', {
      parent_id: collection.parentId,
      name: collection.name,
      description: collection.description,
      kind: collection.query === null ? 'manual' : 'smart',
      query: collection.query,
      position: collection.position,
      created_at: createdAt,
      updated_at: createdAt,
      deleted_at: createdAt,
    })
    yield set('deleted_at', null)
    if (collection.archivedAt !== null) yield set('archived_at', collection.archivedAt)
  }
}

function* jobOf(plan: LibraryPlan, { job, at, number, count, stepMs }: Burst): Generator<Operation> {
  if (job === null) return
  const device = deviceIdSchema.parse(plan.device)
  const doneAt = Math.min(plan.until - 1, at + count * stepMs + 30_000)
  yield operation(
    device,
    'generationJob',
    job.id,
    '',
    { folder: job.folder, status: 'running', created_at: at, updated_at: at },
    at,
  )
  if (job.requestId !== null) {
    const record = {
      collection_id: null,
      user_prompt: composePrompt(chanceFor(plan.seed, purposes.prompt, number * 65_537)),
      input_metadata: '{}',
      status: 'completed',
      created_at: at,
      updated_at: at,
      deleted_at: null,
    }
    yield operation(device, 'generationRequest', job.requestId, '', record, at)
    yield operation(device, 'generationJob', job.id, 'request_id', job.requestId, at)
  }
  yield operation(device, 'generationJob', job.id, 'status', 'completed', doneAt)
  yield operation(device, 'generationJob', job.id, 'progress', 1, doneAt)
}
