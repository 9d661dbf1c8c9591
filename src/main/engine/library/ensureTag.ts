import { VitrineError } from '../../../shared/contract/errors.ts'
import type { TagId } from '../../../shared/domain/ids.ts'
import { TAG_SEPARATOR, tagKey, tagNameSchema, tagPath } from '../../../shared/domain/tag.ts'
import { MAX_DEPTH } from '../../../shared/domain/tree.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { derivedId } from '../catalog/derivedId.ts'
import type { MutationWriter } from '../catalog/mutations.ts'
import type { TagRow } from '../catalog/tags.repository.ts'

/** The tag that typed text means: a name, an alias, or a path whose names stand below each other. */
export function findTag(catalog: Catalog, typed: string): TagId | undefined {
  const whole = catalog.tags.named(typed)
  if (whole !== undefined) return whole.id
  let found: TagRow | undefined
  for (const name of tagPath(typed)) {
    const next = catalog.tags.named(name)
    if (next === undefined || (found !== undefined && !isBelow(catalog, next, found.id))) return undefined
    found = next
  }
  return found?.id
}

/**
 * Inside a mutation: the tag that typed text means, made if there is none, with those above it in a path. Throws
 * `invalid_request` for what can't be a name, `tag_name_taken` for a path whose name stands elsewhere (names are those of
 * one tag each), `too_deep`.
 */
export function ensureTag(catalog: Catalog, writer: MutationWriter, typed: string, now: number): TagId {
  const whole = catalog.tags.named(typed)
  if (whole !== undefined) return whole.id
  const names = tagPath(typed)
  if (names.length > MAX_DEPTH) throw tooDeep()
  let parent: TagId | null = null
  for (const name of names) {
    const known = catalog.tags.named(name)
    if (known !== undefined && parent !== null && !isBelow(catalog, known, parent))
      throw nameTaken(catalog, known, name)
    parent = known?.id ?? makeTag(catalog, writer, name, parent, now)
  }
  if (parent === null) throw new VitrineError('invalid_request', 'A tag needs a name.')
  return parent
}

/** Inside a mutation: makes a tag whose name is free. Devices that make the same one offline have made one. */
export function makeTag(
  catalog: Catalog,
  writer: MutationWriter,
  typed: string,
  parent: TagId | null,
  now: number,
): TagId {
  const name = checkedName(typed)
  if (parent !== null && depthOf(catalog, parent) >= MAX_DEPTH) throw tooDeep()
  const { id, known } = freeId(catalog, name)
  if (known === undefined) {
    // Made as deleted and then brought to life, so that undo takes a new tag away again.
    writer.set('tag', id, '', { parent_id: parent, name, color: null, created_at: now, deleted_at: now })
  } else {
    for (const [field, value] of Object.entries({ parent_id: parent, name, color: null, aliases: '[]', position: 0 }))
      writer.set('tag', id, field, value)
  }
  writer.set('tag', id, 'deleted_at', null)
  return id
}

/** The id derived from a name, or, while a tag that was renamed has that one, from the name and the next number. */
function freeId(catalog: Catalog, name: string): { readonly id: TagId; readonly known: TagRow | undefined } {
  for (let number = 1; ; number++) {
    const key = number === 1 ? tagKey(name) : `${tagKey(name)}\n${number}`
    const id = derivedId(catalog.libraryId, 'tag', key) as TagId
    const known = catalog.tags.get(id)
    if (known === undefined || known.deleted) return { id, known }
  }
}

/** Throws `invalid_request` that says what is wrong with a name. */
function checkedName(name: string): string {
  const checked = tagNameSchema.safeParse(name)
  if (checked.success) return checked.data
  throw new VitrineError('invalid_request', checked.error.issues[0]?.message ?? 'That is no name for a tag.', { name })
}

/** How deep a tag stands; 1 at the root. */
function depthOf(catalog: Catalog, id: TagId): number {
  return above(catalog, id).length + 1
}

function isBelow(catalog: Catalog, tag: TagRow, ancestor: TagId): boolean {
  return tag.id === ancestor || above(catalog, tag.id).includes(ancestor)
}

/** What stands above a tag, nearest first; ends also where devices have made a loop. */
function above(catalog: Catalog, id: TagId): readonly TagId[] {
  const found: TagId[] = []
  let at = catalog.tags.get(id)?.parent_id ?? null
  while (at !== null && at !== id && !found.includes(at)) {
    const tag = catalog.tags.get(at)
    if (tag === undefined || tag.deleted) break
    found.push(at)
    at = tag.parent_id
  }
  return found
}

/** The path of a tag, for a person. */
export function pathOf(catalog: Catalog, tag: TagRow): string {
  const names = above(catalog, tag.id).map((id) => catalog.tags.get(id)?.name ?? '')
  return [...names.toReversed(), tag.name].join(TAG_SEPARATOR)
}

/** `tag_name_taken` with the id, name and path of the tag that has the name. */
export function nameTaken(catalog: Catalog, by: TagRow, name: string): VitrineError {
  const path = pathOf(catalog, by)
  const isAlias = tagKey(by.name) !== tagKey(name)
  const message = isAlias
    ? `“${name}” is an alias of the tag “${path}”. Remove the alias first, or merge the two tags.`
    : `There is a tag “${path}” already. Choose another name, or merge the two tags.`
  return new VitrineError('tag_name_taken', message, { id: by.id, name: by.name, path, alias: isAlias })
}

export function tooDeep(): VitrineError {
  return new VitrineError('too_deep', `Tags and collections can be nested ${MAX_DEPTH} levels deep and no deeper.`)
}
