import type { tagRequests } from '../../../shared/contract/requests/tagRequests.ts'
import { deleteTags } from '../library/deleteTags.ts'
import { colorTag, createTag, renameTag, setTagAliases } from '../library/editTags.ts'
import { stepwise } from '../library/inParts.ts'
import { mergeTags } from '../library/mergeTags.ts'
import { moveTag } from '../library/moveTags.ts'
import { completeTags, suggestTags } from '../library/suggestTags.ts'
import type { EngineParts, Handlers } from './engineParts.ts'

/** Answers the requests of `tagRequests`. */
export function tagHandlers({ catalog, now }: EngineParts): Handlers<typeof tagRequests> {
  return {
    'tags.list': () => [...catalog.tags.list()],
    'tags.create': (draft) => createTag(catalog, draft, now()),
    'tags.rename': ({ id, name }) => renameTag(catalog, id, name, now()),
    'tags.color': ({ id, color }) => colorTag(catalog, id, color, now()),
    'tags.aliases': ({ id, aliases }) => setTagAliases(catalog, id, aliases, now()),
    'tags.move': ({ id, parentId, before }) => moveTag(catalog, id, parentId, before, now()),
    'tags.merge': ({ from, into }) => stepwise(catalog, () => mergeTags(catalog, from, into, now())),
    'tags.delete': ({ ids }) => stepwise(catalog, () => deleteTags(catalog, ids, now())),
    'tags.suggest': (input) => [
      ...('text' in input
        ? completeTags(catalog, input.text, input.limit)
        : suggestTags(catalog, input.assets, input.limit)),
    ],
  }
}
