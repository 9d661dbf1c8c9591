import { randomUUID } from 'node:crypto'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { MutationResult } from '../../../shared/contract/requests/requestMap.ts'
import type { AssetSelection } from '../../../shared/domain/asset.ts'
import type { Collection } from '../../../shared/domain/collection.ts'
import { type AssetId, type CollectionId, collectionIdSchema, type RowId } from '../../../shared/domain/ids.ts'
import { ancestorsOf, MAX_DEPTH, parentsOf } from '../../../shared/domain/tree.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { MutationWriter } from '../catalog/mutations.ts'
import type { Steps } from '../catalog/stepDone.ts'
import { countAssets } from './countLabel.ts'
import { tooDeep } from './ensureTag.ts'
import { groupOf, inSteps, type Part } from './inParts.ts'
import { filledByQuery, keepAssets, requireCollection } from './keepAssets.ts'
import { renameCollectionInQueries } from './rewriteQueries.ts'
import { requireSmartQuery } from './smartQuery.ts'

interface CollectionDetails {
  readonly description?: string | undefined
  /** Makes it a smart one. */
  readonly query?: string | undefined
}

/**
 * Makes a collection, after its siblings. Names are unique among siblings, whatever their case. Throws
 * `collection_name_taken`, `collection_permanent` (nothing goes below “Unsorted”), `too_deep`, `not_found`, and of a query
 * `query_invalid` and `query_loop`.
 */
export function createCollection(
  catalog: Catalog,
  name: string,
  parentId: CollectionId | undefined,
  now: number,
  { description, query }: CollectionDetails = {},
): { readonly collection: Collection; readonly result: MutationResult } {
  const parent = parentId ?? null
  if (parent !== null) requireEditable(catalog, parent, 'given collections below it')
  requireFreeName(catalog, name, parent, undefined)
  const nodes = catalog.collections.nodes()
  if (parent !== null && ancestorsOf(parentsOf(nodes), parent).length + 1 >= MAX_DEPTH) throw tooDeep()
  if (query !== undefined) requireSmartQuery(catalog, query, { id: undefined, name })
  const id = collectionIdSchema.parse(randomUUID())
  const word = query === undefined ? 'collection' : 'smart collection'
  const result = catalog.mutate(
    { kind: 'collection-create', label: () => `Created ${word} “${name}”`, undoable: true, now },
    (writer) =>
      makeCollection(
        catalog,
        writer,
        id,
        { name, parent, description: description ?? null, query: query ?? null },
        now,
      ),
  )
  return { collection: requireCollection(catalog, id), result }
}

interface NewCollection {
  readonly name: string
  readonly parent: CollectionId | null
  readonly description: string | null
  readonly query: string | null
}

/** Inside a mutation: makes a collection after its siblings. */
export function makeCollection(
  catalog: Catalog,
  writer: MutationWriter,
  id: CollectionId,
  { name, parent, description, query }: NewCollection,
  now: number,
): void {
  const siblings = catalog.collections.nodes().filter((other) => other.parent_id === parent)
  writer.set('collection', id, '', {
    parent_id: parent,
    name,
    description,
    kind: query === null ? 'manual' : 'smart',
    query,
    position: siblings.reduce((last, { position }) => Math.max(last, position + 1), now),
    created_at: now,
    updated_at: now,
    // Made as deleted and brought to life as a change of its own, so that undo has a cell to set back.
    deleted_at: now,
  })
  writer.set('collection', id, 'deleted_at', null)
}

/** Renames it, also where smart collections look for it. Throws `collection_permanent` for “Unsorted”, `collection_name_taken`, `not_found`. */
export function renameCollection(catalog: Catalog, id: CollectionId, name: string, now: number): MutationResult {
  const collection = requireEditable(catalog, id, 'renamed')
  requireFreeName(catalog, name, collection.parent_id, id)
  return catalog.mutate(
    { kind: 'collection-rename', label: () => `Renamed “${collection.name}” to “${name}”`, undoable: true, now },
    (writer) => {
      renameCollectionInQueries(catalog, writer, collection, name)
      writer.set('collection', id, 'name', name)
    },
  )
}

export interface CollectionPatch {
  /** Null, or nothing but spaces, takes it away. */
  readonly description?: string | null | undefined
  /** Replaces all of it. */
  readonly metadata?: Collection['metadata'] | undefined
  /** Null leaves the choice to the program: its newest asset. */
  readonly cover?: AssetId | null | undefined
  /** Of a smart one. */
  readonly query?: string | undefined
}

/**
 * Changes what a collection says of itself. Throws `not_found`, `collection_permanent`, `query_invalid`, `query_loop`, and
 * `invalid_request` for the query of a collection that is filled by hand.
 */
export function editCollection(
  catalog: Catalog,
  id: CollectionId,
  patch: CollectionPatch,
  now: number,
): MutationResult {
  const collection = requireEditable(catalog, id, 'edited')
  const { description, metadata, cover, query } = patch
  if (query !== undefined) {
    if (collection.kind !== 'smart')
      throw new VitrineError('invalid_request', `“${collection.name}” is filled by hand and has no query.`, { id })
    requireSmartQuery(catalog, query, { id, name: collection.name })
  }
  if (cover != null && catalog.assets.findById(cover) === undefined)
    throw new VitrineError('not_found', 'That asset does not exist any more.', { id: cover })
  const label = () => `${editVerb(patch)} “${collection.name}”`
  return catalog.mutate({ kind: 'collection-edit', label, undoable: true, now }, (writer) => {
    if (description !== undefined)
      writer.set(
        'collection',
        id,
        'description',
        description === null || description.trim() === '' ? null : description,
      )
    if (metadata !== undefined) writer.set('collection', id, 'metadata', JSON.stringify(metadata))
    if (cover !== undefined) writer.set('collection', id, 'cover_asset_id', cover)
    if (query !== undefined) writer.set('collection', id, 'query', query)
  })
}

function editVerb(patch: CollectionPatch): string {
  if (Object.keys(patch).length === 1) {
    if (patch.cover === null) return 'Removed the cover of'
    if (patch.cover !== undefined) return 'Set the cover of'
    if (patch.description !== undefined) return 'Changed the description of'
    if (patch.query !== undefined) return 'Changed the query of'
  }
  return 'Edited'
}

/** An archived collection is out of the tree, with all below it, and can still be searched. Throws `not_found`, `collection_permanent`. */
export function archiveCollection(catalog: Catalog, id: CollectionId, archived: boolean, now: number): MutationResult {
  const collection = requireEditable(catalog, id, 'archived')
  const label = () => `${archived ? 'Archived' : 'Brought back'} collection “${collection.name}”`
  return catalog.mutate({ kind: 'collection-archive', label, undoable: true, now }, (writer) => {
    if ((collection.archived_at !== null) !== archived)
      writer.set('collection', id, 'archived_at', archived ? now : null)
  })
}

/**
 * Deletes a collection in steps, never its assets: those in no other one are in “Unsorted” again, and collections inside it
 * move one level up. Throws `collection_permanent`, `not_found`.
 */
export function* deleteCollection(catalog: Catalog, id: CollectionId, now: number): Steps {
  const collection = requireEditable(catalog, id, 'deleted')
  const label = () => `Deleted collection “${collection.name}”`
  const empty = (writer: MutationWriter, rows: readonly RowId[]) => void writer.unlink('membership', id, rows)
  const steps = [{ rows: catalog.collections.memberRows(id), change: empty }]
  return yield* inSteps(catalog, { kind: 'collection-delete', label, undoable: true, now }, steps, (writer) => {
    for (const child of catalog.collections.nodes()) {
      if (child.parent_id === id) writer.set('collection', child.id, 'parent_id', collection.parent_id)
    }
    empty(writer, catalog.collections.memberRows(id))
    writer.set('collection', id, 'deleted_at', now)
  })
}

/** Puts assets into a collection; Workspace assets are kept by it. Throws `collection_permanent`, `collection_smart`, `not_found`. */
export function addToCollection(
  catalog: Catalog,
  id: CollectionId,
  selection: AssetSelection,
  now: number,
  part?: Part,
): MutationResult {
  const collection = requireManual(catalog, id, 'filled by hand')
  const label = (count: number) => `Added ${countAssets(count)} to “${collection.name}”`
  return keepAssets(catalog, selection, id, now, label, part)
}

/** Takes assets out of a collection; they stay in the Library. Throws `collection_permanent`, `collection_smart`, `not_found`. */
export function removeFromCollection(
  catalog: Catalog,
  id: CollectionId,
  selection: AssetSelection,
  now: number,
  part?: Part,
): MutationResult {
  const collection = requireManual(catalog, id, 'emptied by hand')
  return catalog.mutate(
    {
      kind: 'collection-remove',
      label: (count) => `Removed ${countAssets(count)} from “${collection.name}”`,
      undoable: true,
      now,
      ...groupOf(part),
    },
    (writer) => {
      writer.unlink('membership', id, catalog.assets.resolve(selection))
    },
  )
}

/** The collection, if it is not “Unsorted”. `verb` says what can't be done with that. Throws `collection_permanent`, `not_found`. */
export function requireEditable(catalog: Catalog, id: CollectionId, verb: string): Collection {
  const collection = requireCollection(catalog, id)
  if (collection.is_permanent) {
    throw new VitrineError(
      'collection_permanent',
      `“${collection.name}” is always there and can’t be ${verb}: it holds the assets that are in no other collection.`,
    )
  }
  return collection
}

/** The collection, if people put assets into it. Throws `collection_permanent`, `collection_smart`, `not_found`. */
export function requireManual(catalog: Catalog, id: CollectionId, verb: string): Collection {
  const collection = requireEditable(catalog, id, verb)
  if (collection.kind === 'smart') throw filledByQuery(collection.name)
  return collection
}

/** Throws `collection_name_taken` with the id of the sibling that has the name. */
export function requireFreeName(
  catalog: Catalog,
  name: string,
  parent: CollectionId | null,
  except: CollectionId | undefined,
): void {
  const taken = siblingNamed(catalog, name, parent, except)
  if (taken !== undefined)
    throw new VitrineError('collection_name_taken', `There is a collection named “${name}” already.`, { id: taken })
}

function siblingNamed(
  catalog: Catalog,
  name: string,
  parent: CollectionId | null,
  except: CollectionId | undefined,
): CollectionId | undefined {
  const wanted = nameKey(name)
  return catalog.collections
    .nodes()
    .find((other) => other.id !== except && other.parent_id === parent && nameKey(other.name) === wanted)?.id
}

/** A name that no sibling has: the name itself, or with the first number that is free. */
export function freeName(catalog: Catalog, name: string, parent: CollectionId | null): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name.slice(0, 245)} ${number}`
    if (siblingNamed(catalog, candidate, parent, undefined) === undefined) return candidate
  }
}

function nameKey(name: string): string {
  return name.normalize('NFC').toLowerCase()
}
