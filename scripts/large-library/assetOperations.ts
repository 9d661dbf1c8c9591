import { hash } from 'node:crypto'
import type { CellValue, Entity, Operation } from '../../src/main/engine/catalog/journal/operation.ts'
import { nextStamp } from '../../src/main/engine/catalog/journal/stamp.ts'
import { storedName } from '../../src/main/engine/library/import/slugify.ts'
import { colorLabelSchema } from '../../src/shared/domain/asset.ts'
import { type DeviceId, deviceIdSchema } from '../../src/shared/domain/ids.ts'
import type { Random } from '../demo-art/random.ts'
import { drawFacts } from './assetFacts.ts'
import { chanceFor, purposes, uuidAt, zipf } from './chance.ts'
import { drawFile } from './fileKinds.ts'
import { DAY_MS, KEPT_DAYS } from './librarySize.ts'
import type { Burst } from './planBursts.ts'
import type { LibraryPlan } from './planLibrary.ts'

/** Trash has what was thrown away in the last days; what went before is gone. */
const TRASH_MS = 20 * DAY_MS

/** One operation, stamped as the first change of its cell. `at` in ms. */
export function operation(
  device: DeviceId,
  entity: Entity,
  id: string,
  field: string,
  value: CellValue,
  at: number,
): Operation {
  return { entity, id, field, value, stamp: nextStamp(at, null, device) }
}

export interface DrawnAsset {
  readonly id: string
  readonly operations: readonly Operation[]
}

/** Draws the assets of a library one after the other, by burst. */
export function assetDrawer(plan: LibraryPlan): (burst: Burst, index: number, number: number) => DrawnAsset {
  const device = deviceIdSchema.parse(plan.device)
  const pickTag = zipf(plan.tags.length, 1.05)
  const manual = plan.collections.filter(({ query }) => query === null)
  const pickCollection = zipf(manual.length, 1.1)
  /** The bytes before, which now and then come again. */
  let last: { readonly sha256: string; readonly path: string } | null = null

  return (burst, index, number) => {
    const random = chanceFor(plan.seed, purposes.asset, number)
    const at = burst.at + index * burst.stepMs
    const id = uuidAt(random, at)
    const operations: Operation[] = []
    const add = (entity: Entity, entityId: string, field: string, value: CellValue, when: number): void => {
      operations.push(operation(device, entity, entityId, field, value, when))
    }
    const file = drawFile(random, burst, index)
    const again: typeof last = index > 0 && random.chance(0.004) ? last : null
    const sha256 = again?.sha256 ?? hash('sha256', `${plan.seed}/${number}`, 'hex')
    const path =
      again?.path ??
      `originals/${new Date(at).toISOString().slice(0, 7).replace('-', '/')}/${storedName(file.name, sha256.slice(0, 12), file.extension)}`
    last = { sha256, path }
    const isTemporary = burst.space !== 'library'
    add(
      'asset',
      id,
      '',
      {
        owner_id: plan.owner,
        space: isTemporary ? 'workspace' : 'library',
        status: 'processing',
        asset_type: file.type,
        file_name: file.name,
        extension: file.extension,
        mime_type: file.mime,
        file_size_bytes: file.bytes,
        sha256,
        storage_path: path,
        job_id: burst.job?.id ?? null,
        source_path: `/home/mai/${burst.source}/${file.name}`,
        created_at: at - random.below(600_000),
        updated_at: at,
        imported_at: at,
        expires_at: isTemporary ? at + KEPT_DAYS * DAY_MS : null,
      },
      at,
    )
    add('asset', id, 'media', drawFacts(random, plan.seed, burst, index, file, sha256, at), at)
    const later = (): number => Math.min(plan.until - 1, at + 60_000 + random.below(40 * 3_600_000))
    if (burst.space === 'kept') {
      const keptAt = later()
      add('asset', id, 'expires_at', null, keptAt)
      add('asset', id, 'space', 'library', keptAt)
    }
    if (burst.job?.requestId) add('asset', id, 'request_id', burst.job.requestId, at)
    for (const tag of drawTags(random, burst, plan, pickTag)) {
      const taggedAt = later()
      add('assetTag', `${tag}/${id}`, 'in', { at: taggedAt }, taggedAt)
    }
    for (const collection of drawCollections(random, burst, manual, pickCollection)) {
      const putAt = later()
      add('membership', `${collection}/${id}`, 'in', { at: putAt, position: putAt }, putAt)
    }
    for (const [field, value] of drawCare(random, burst)) add('asset', id, field, value, later())
    if (random.chance(0.015)) {
      const deletedAt = Math.max(at + 1, plan.until - 1 - random.below(TRASH_MS))
      add('asset', id, 'deleted_at', deletedAt, deletedAt)
    }
    return { id, operations }
  }
}

function drawTags(random: Random, burst: Burst, plan: LibraryPlan, pick: (random: Random) => number): Set<string> {
  const tags = new Set(burst.tagIds.filter(() => random.chance(0.92)))
  const own = burst.tagIds.length === 0 ? random.chance(0.08) : random.chance(0.45)
  for (let left = own ? random.whole(1, 4) : 0; left > 0; left--) {
    const tag = plan.tags[pick(random)]
    if (tag !== undefined) tags.add(tag.id)
  }
  return tags
}

function drawCollections(
  random: Random,
  burst: Burst,
  manual: LibraryPlan['collections'],
  pick: (random: Random) => number,
): Set<string> {
  const collections = new Set<string>()
  if (burst.space === 'workspace') return collections
  if (burst.collectionId !== null && random.chance(0.95)) collections.add(burst.collectionId)
  if (random.chance(0.1)) {
    const another = manual[pick(random)]
    if (another !== undefined && another.createdAt < burst.at) collections.add(another.id)
  }
  return collections
}

const titles = [
  'Study',
  'Cover',
  'Final',
  'Harbour at dusk',
  'Winter',
  'Test print',
  '習作',
  'Bìa sách',
  'Das Haus am See',
  'Two boats',
]
const notes = [
  'Use this one for the poster; the horizon is straight.',
  'Hands need another pass before it can be printed.',
  'Client likes the light, asks for a warmer version.',
  'Same seed as the square one, wider crop.',
  'Für die Ausstellung im März vormerken.',
  '明るさを少し下げる。',
]

/** What a person said about it. */
function drawCare(random: Random, burst: Burst): readonly (readonly [field: string, value: CellValue])[] {
  const cells: [string, CellValue][] = []
  if (random.chance(burst.care)) cells.push(['rating', [3, 4, 5, 2, 4, 1][random.below(6)] ?? 3])
  if (random.chance(burst.care / 3)) cells.push(['is_favorite', 1])
  if (random.chance(burst.care / 4)) cells.push(['color_label', colorLabelSchema.options[random.below(7)] ?? 'red'])
  if (random.chance(burst.care / 3))
    cells.push(['custom_title', `${titles[random.below(titles.length)]} ${random.below(900) + 1}`])
  if (random.chance(burst.care / 8)) cells.push(['description', notes[random.below(notes.length)] ?? ''])
  return cells
}
