import type { drawingRequests } from '../../../shared/contract/requests/drawingRequests.ts'
import { readTypeface } from '../library/readTypeface.ts'
import type { EngineParts, Handlers } from './engineParts.ts'

/** Answers the requests of `drawingRequests`. */
export function drawingHandlers({ drawings, catalog, folder, sync }: EngineParts): Handlers<typeof drawingRequests> {
  return {
    'assets.draw': async (drawing) => ({ path: await drawings.draw(drawing) }),
    'assets.typeface': async ({ id }) => {
      await sync.bringHere(id)
      return { bytes: await readTypeface(catalog, folder, id) }
    },
    'assets.text': ({ id }) => drawings.text(id),
  }
}
