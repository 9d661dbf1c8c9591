import { relative, resolve, sep } from 'node:path'
import { toErrorData, VitrineError } from '../../shared/contract/errors.ts'
import type { Collection } from '../../shared/domain/collection.ts'
import { type AssetId, assetIdSchema, type CollectionId } from '../../shared/domain/ids.ts'
import type { Engine } from '../engine/host/engineDoor.ts'
import type { FailedItem } from './commandContext.ts'

/**
 * The asset a person means: a full id, the unique beginning of one, a path inside the library, the path the file was
 * imported from, or a file name that only one asset has.
 * @throws {VitrineError} `not_found`, or `invalid_request` when several fit.
 */
export async function resolveAsset(engine: Engine, reference: string, cwd: string): Promise<AssetId> {
  const exact = assetIdSchema.safeParse(reference.toLowerCase())
  const candidates = exact.success ? [exact.data] : [reference, ...pathsOf(engine.info.path, reference, cwd)]
  for (const candidate of candidates) {
    const found = await engine.request('assets.find', { reference: candidate })
    if (found.length > 1) {
      const names = found.map(({ id, file_name }) => `${id} (${file_name})`).join(', ')
      throw new VitrineError('invalid_request', `"${reference}" could be ${names}. Give more of the id.`)
    }
    if (found[0]) return found[0].id
  }
  throw new VitrineError('not_found', `There is no asset "${reference}" in this library.`)
}

/** The forms in which the catalogue may know the path: relative to the library, and absolute. */
function pathsOf(root: string, reference: string, cwd: string): string[] {
  const absolute = resolve(cwd, reference)
  const inside = relative(root, absolute)
  const isInside = inside !== '' && !inside.startsWith('..')
  return isInside ? [inside.split(sep).join('/'), absolute] : [absolute]
}

/** Resolves each reference; those that name no asset are returned as failures, the rest goes on. */
export async function resolveAssets(
  engine: Engine,
  references: readonly string[],
  cwd: string,
): Promise<{ readonly ids: AssetId[]; readonly failed: FailedItem[] }> {
  const ids = new Set<AssetId>()
  const failed: FailedItem[] = []
  for (const reference of references) {
    try {
      ids.add(await resolveAsset(engine, reference, cwd))
    } catch (error) {
      if (!(error instanceof VitrineError) || (error.code !== 'not_found' && error.code !== 'invalid_request'))
        throw error
      const { code, message } = toErrorData(error)
      failed.push({ item: reference, code, message })
    }
  }
  return { ids: [...ids], failed }
}

/**
 * The collection a person means: its name, its id, or the unique beginning of its id.
 * @throws {VitrineError} `not_found`, or `invalid_request` when several fit.
 */
export async function resolveCollection(engine: Engine, reference: string): Promise<Collection> {
  const collections = await engine.request('collections.list', { archived: true })
  const byName = collections.filter(({ name }) => name === reference)
  const found = byName.length > 0 ? byName : collections.filter(({ id }) => startsWithId(id, reference))
  if (found.length > 1) {
    const names = found.map(({ id, name }) => `${id} (${name})`).join(', ')
    throw new VitrineError('invalid_request', `"${reference}" could be ${names}. Give the id.`)
  }
  if (!found[0]) throw new VitrineError('not_found', `There is no collection "${reference}" in this library.`)
  return found[0]
}

/** Whether `reference` is the beginning of an id and long enough to be meant as one. */
export function startsWithId(id: string, reference: string): boolean {
  return reference.length >= 4 && id.startsWith(reference.toLowerCase())
}

/** The collection of this name, made if there is none. */
export async function ensureCollection(engine: Engine, name: string): Promise<CollectionId> {
  try {
    return (await resolveCollection(engine, name)).id
  } catch (error) {
    if (!(error instanceof VitrineError) || error.code !== 'not_found') throw error
  }
  try {
    return (await engine.request('collections.create', { name })).collection.id
  } catch (error) {
    // Another process made it between the two requests.
    if (error instanceof VitrineError && error.code === 'collection_name_taken') {
      return (await resolveCollection(engine, name)).id
    }
    throw error
  }
}
