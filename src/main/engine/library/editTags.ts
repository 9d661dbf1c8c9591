import { VitrineError } from '../../../shared/contract/errors.ts'
import type { MutationResult } from '../../../shared/contract/requests/requestMap.ts'
import type { TagId } from '../../../shared/domain/ids.ts'
import { type Tag, tagKey } from '../../../shared/domain/tag.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { TagRow } from '../catalog/tags.repository.ts'
import { ensureTag, findTag, makeTag, nameTaken } from './ensureTag.ts'
import { renameTagInQueries } from './rewriteQueries.ts'

interface TagDraft {
  /** A name or a path. */
  readonly name: string
  readonly parentId?: TagId | undefined
  readonly color?: string | undefined
}

/**
 * Makes a tag without assets; of a path, also what is missing above it. Throws `tag_name_taken`, `not_found`, `too_deep`,
 * `invalid_request`.
 */
export function createTag(
  catalog: Catalog,
  { name, parentId, color }: TagDraft,
  now: number,
): { readonly tag: Tag; readonly result: MutationResult } {
  const parent = parentId === undefined ? undefined : requireTag(catalog, parentId)
  const known = findTag(catalog, name)
  if (known !== undefined) throw nameTaken(catalog, requireTag(catalog, known), name)
  let id: TagId | undefined
  const result = catalog.mutate(
    { kind: 'tag-create', label: () => `Created tag “${name}”`, undoable: true, now },
    (writer) => {
      if (parent === undefined) id = ensureTag(catalog, writer, name, now)
      else {
        const taken = catalog.tags.named(name)
        if (taken !== undefined) throw nameTaken(catalog, taken, name)
        id = makeTag(catalog, writer, name, parent.id, now)
      }
      if (color !== undefined) writer.set('tag', id, 'color', color)
    },
  )
  const tag = catalog.tags.list().find((listed) => listed.id === id)
  if (tag === undefined) throw new Error('A tag that was just made is not there')
  return { tag, result }
}

/**
 * Renames a tag, also where smart collections look for it. Throws `tag_name_taken` (details: `id` of the tag to merge with),
 * `not_found`. A name that differs in case only is free.
 */
export function renameTag(catalog: Catalog, id: TagId, name: string, now: number): MutationResult {
  const tag = requireTag(catalog, id)
  const taken = catalog.tags.named(name)
  if (taken !== undefined && taken.id !== id) throw nameTaken(catalog, taken, name)
  return catalog.mutate(
    { kind: 'tag-rename', label: () => `Renamed tag “${tag.name}” to “${name}”`, undoable: true, now },
    (writer) => {
      renameTagInQueries(catalog, writer, tag.name, name)
      writer.set('tag', id, 'name', name)
      // Its own alias that becomes its name need not be one any more.
      const aliases = tag.aliases.filter((alias) => tagKey(alias) !== tagKey(name))
      if (aliases.length !== tag.aliases.length) writer.set('tag', id, 'aliases', JSON.stringify(aliases))
    },
  )
}

/** Null takes the colour away. Throws `not_found`. */
export function colorTag(catalog: Catalog, id: TagId, color: string | null, now: number): MutationResult {
  const tag = requireTag(catalog, id)
  const label = () => (color === null ? `Removed the colour of tag “${tag.name}”` : `Coloured tag “${tag.name}”`)
  return catalog.mutate({ kind: 'tag-color', label, undoable: true, now }, (writer) =>
    writer.set('tag', id, 'color', color),
  )
}

/** Other names by which a tag is found. Throws `tag_name_taken` if another tag has one of them, `not_found`. */
export function setTagAliases(catalog: Catalog, id: TagId, aliases: readonly string[], now: number): MutationResult {
  const tag = requireTag(catalog, id)
  const wanted = new Map<string, string>()
  for (const alias of aliases) {
    const taken = catalog.tags.named(alias)
    if (taken !== undefined && taken.id !== id) throw nameTaken(catalog, taken, alias)
    const key = tagKey(alias)
    if (key !== tagKey(tag.name) && !wanted.has(key)) wanted.set(key, alias)
  }
  const label = () => `Changed the aliases of tag “${tag.name}”`
  return catalog.mutate({ kind: 'tag-aliases', label, undoable: true, now }, (writer) =>
    writer.set('tag', id, 'aliases', JSON.stringify([...wanted.values()])),
  )
}

/** The tag with this id. Throws `not_found`, also for a deleted one. */
export function requireTag(catalog: Catalog, id: TagId): TagRow {
  const tag = catalog.tags.get(id)
  if (tag === undefined || tag.deleted) throw new VitrineError('not_found', 'That tag does not exist any more.', { id })
  return tag
}
