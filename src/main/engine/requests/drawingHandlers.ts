import type { drawingRequests } from '../../../shared/contract/requests/drawingRequests.ts'
import type { EngineParts, Handlers } from './engineParts.ts'

/** Answers the requests of `drawingRequests`. */
export function drawingHandlers({ drawings }: EngineParts): Handlers<typeof drawingRequests> {
  return {
    'assets.draw': async (drawing) => ({ path: await drawings.draw(drawing) }),
    'assets.text': ({ id }) => drawings.text(id),
  }
}
