import { type DragEvent, useState } from 'react'
import { arrangeCollection } from '../../actions/collections.ts'
import { useLibrary } from '../../queries/library.ts'
import { useShown } from '../../queries/shown.ts'
import { isAssetDrag, useAssetDrag } from '../../state/assetDrag.ts'
import { useBrowse } from '../../state/browse.ts'
import { type ArrangeGap, arrangeBefore } from './arrange.ts'

/** Dragging assets to another place among those of a collection that is ordered by hand. */
export function useArrange() {
  const collectionId = useBrowse(({ view, sort }) =>
    view.kind === 'collection' && view.deep !== true && sort.field === 'manual' && sort.direction === 'asc'
      ? view.collectionId
      : null,
  )
  const list = useBrowse((browse) => browse.layout === 'list')
  const manual = useLibrary(({ collections }) => collections.find(({ id }) => id === collectionId)?.kind === 'manual')
  const [gap, setGap] = useState<ArrangeGap | null>(null)
  const takes = () => collectionId !== null && manual && isAssetDrag()

  return {
    gap,
    handlers: {
      onDragOver: (event: DragEvent) => {
        if (!takes()) return
        const found = gapUnder(event, list) ?? gap
        if (found === null) return
        event.preventDefault()
        // What the system carries are copies, whatever becomes of them here.
        event.dataTransfer.dropEffect = 'copy'
        if (found.beside !== gap?.beside || found.after !== gap.after) setGap(found)
      },
      onDragLeave: (event: DragEvent) => {
        if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) setGap(null)
      },
      onDrop: (event: DragEvent) => {
        const found = gapUnder(event, list) ?? gap
        setGap(null)
        const { rowIds } = useAssetDrag.getState()
        if (!takes() || found === null || rowIds === null || collectionId === null) return
        event.preventDefault()
        const before = arrangeBefore(useShown.getState().rowIds, found.before, new Set(rowIds))
        void arrangeCollection(collectionId, rowIds, before)
      },
    },
  }
}

/** The gap on the side of the cell under the pointer that the pointer is nearer to; null between cells. */
function gapUnder(event: DragEvent, list: boolean): ArrangeGap | null {
  const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row-id]') : null
  if (cell?.dataset.index === undefined) return null
  const beside = Number(cell.dataset.index)
  const box = cell.getBoundingClientRect()
  const after = list ? event.clientY > box.top + box.height / 2 : event.clientX > box.left + box.width / 2
  return { before: after ? beside + 1 : beside, beside, after }
}
