import { VitrineError } from '../../../shared/contract/errors.ts'
import type { stackRequests } from '../../../shared/contract/requests/stackRequests.ts'
import type { EngineParts, Handlers } from './engineParts.ts'

/** Answers the requests of `stackRequests`. */
export function stackHandlers({ catalog }: EngineParts): Handlers<typeof stackRequests> {
  return {
    'stacks.of': (input) => {
      const row = 'rowId' in input ? input.rowId : catalog.assets.findById(input.id)?.rowId
      if (row === undefined) throw new VitrineError('not_found', 'There is no such asset in this library.')
      const { sameSeed, variations } = catalog.stacks.of(row, input.limit)
      return {
        sameSeed: { ...sameSeed, rowIds: [...sameSeed.rowIds] },
        variations: { ...variations, rowIds: [...variations.rowIds] },
      }
    },
    'stacks.counts': ({ rowIds }) => {
      const { prompt, seed } = catalog.stacks.counts(rowIds)
      return { prompt: [...prompt], seed: [...seed] }
    },
  }
}
