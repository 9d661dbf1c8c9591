import type { Collection } from '../../../shared/domain/collection.ts'
import type { View } from '../../../shared/domain/query.ts'
import { withCondition } from '../../../shared/domain/search/editSearch.ts'

/** The search that finds in the whole Library what `text` finds in a view, as far as the language has words for the view. */
export function smartQueryOf(view: View, text: string, collections: readonly Collection[]): string {
  const search = text.trim()
  switch (view.kind) {
    case 'favorites':
      return withCondition(search, 'is', 'favorite')
    case 'untagged':
      return withCondition(search, 'is', 'untagged')
    case 'collection': {
      const collection = collections.find(({ id }) => id === view.collectionId)
      if (collection === undefined) return search
      const namesakes = collections.filter(({ name }) => name.toLowerCase() === collection.name.toLowerCase())
      return withCondition(search, 'collection', namesakes.length > 1 ? collection.id : collection.name)
    }
    case 'workspace':
      return view.jobId === undefined ? search : withCondition(search, 'job', view.jobId)
    default:
      return search
  }
}
