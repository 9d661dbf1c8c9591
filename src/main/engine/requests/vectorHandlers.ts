import type { vectorRequests } from '../../../shared/contract/requests/vectorRequests.ts'
import { expandSmartCollections } from '../library/smartQuery.ts'
import type { EngineParts, Handlers } from './engineParts.ts'

const MOST_NAMED = 20_000

/** Answers the requests of `vectorRequests`. */
export function vectorHandlers({ catalog, reader, now }: EngineParts): Handlers<typeof vectorRequests> {
  /** What each stream that looks into smart collections last asked, with those written out. */
  const meant = new Map<string, string>()
  return {
    'assets.openVector': ({ stream, query, since, arrange }) => {
      const expanded = expandSmartCollections(catalog, query)
      if (expanded === query) {
        meant.delete(stream)
        return reader.open(stream, { query, since, arrange, now: now() })
      }
      // A vector that is to be brought up to date may be of what the collection was before it was edited.
      const text = JSON.stringify(expanded)
      const isSame = meant.get(stream) === text
      meant.set(stream, text)
      return reader.open(stream, { query: expanded, since: isSame ? since : null, arrange, now: now() })
    },
    'assets.moreVector': ({ handle }) => reader.more(handle),
    'assets.closeVector': ({ stream }) => {
      meant.delete(stream)
      return reader.end(stream)
    },
    'assets.named': ({ prefix, rowIds }) => {
      if (rowIds === null) return { rowIds: Int32Array.from(catalog.names.beginningWith(prefix, MOST_NAMED)) }
      const first = catalog.names.firstAmong(rowIds, prefix)
      return { rowIds: first === null ? new Int32Array() : Int32Array.of(first) }
    },
    'assets.facets': (request) =>
      reader.facets({ ...request, query: expandSmartCollections(catalog, request.query), now: now() }),
  }
}
