import { VitrineError } from '../../shared/contract/errors.ts'
import { type TagId, tagIdSchema } from '../../shared/domain/ids.ts'
import { request } from '../api/client.ts'
import { openOrganise } from '../state/organise.ts'
import { mutate } from './mutate.ts'

/** Makes a tag, below another one if that is given; a path makes what is missing of it. */
export async function createTag(name: string, parentId?: TagId): Promise<boolean> {
  const result = await mutate(
    async () => (await request('tags.create', { name, ...(parentId === undefined ? {} : { parentId }) })).result,
  )
  return result !== null
}

/** Gives a tag another name; when another tag has that already, asks whether the two shall be one. */
export async function renameTag(id: TagId, name: string): Promise<boolean> {
  const rename = () => request('tags.rename', { id, name })
  return (await mutate(rename, undefined, (thrown) => offerMerge(id, name, thrown))) !== null
}

export async function colorTag(id: TagId, color: string | null): Promise<boolean> {
  return (await mutate(() => request('tags.color', { id, color }))) !== null
}

/** Sets all other names of a tag. */
export async function setAliases(id: TagId, aliases: readonly string[]): Promise<boolean> {
  return (await mutate(() => request('tags.aliases', { id, aliases: [...aliases] }))) !== null
}

/** Puts it below another one (null: at the root), before a sibling (null: at the end, absent: where its name puts it). */
export async function moveTag(id: TagId, parentId: TagId | null, before?: TagId | null): Promise<void> {
  await mutate(() => request('tags.move', { id, parentId, ...(before === undefined ? {} : { before }) }))
}

/** All assets of the first tags get the other one, which takes their names as aliases. */
export async function mergeTags(from: readonly TagId[], into: TagId): Promise<void> {
  await mutate(() => request('tags.merge', { from: [...from], into }))
}

/** The assets stay, without the tag. */
export async function deleteTag(id: TagId): Promise<void> {
  await mutate(() => request('tags.delete', { ids: [id] }))
}

function offerMerge(id: TagId, name: string, thrown: unknown): boolean {
  if (!(thrown instanceof VitrineError) || thrown.code !== 'tag_name_taken') return false
  const { id: otherId, name: otherName, path } = thrown.details ?? {}
  const other = tagIdSchema.safeParse(otherId)
  if (!other.success || other.data === id) return false
  const taken = typeof otherName === 'string' ? otherName : name
  openOrganise({
    kind: 'name-taken',
    id,
    name: taken,
    other: other.data,
    path: typeof path === 'string' ? path : taken,
  })
  return true
}
