import { type DragEvent, useState } from 'react'
import type { AssetId } from '../../../shared/domain/ids.ts'
import { broughtFiles } from '../../actions/broughtFiles.ts'
import { addDroppedVersion } from '../../actions/versions.ts'
import { isAssetDrag } from '../../state/assetDrag.ts'

/** Takes one file that is dropped from outside as the new version of an asset. */
export function useVersionDrop(id: AssetId) {
  const [over, setOver] = useState(false)
  const takes = ({ dataTransfer: { types, items } }: DragEvent) =>
    types.includes('Files') && items.length === 1 && !isAssetDrag()
  return {
    over,
    drop: {
      onDragOver: (event: DragEvent) => {
        if (!takes(event)) return
        event.preventDefault()
        event.stopPropagation()
        event.dataTransfer.dropEffect = 'copy'
        setOver(true)
      },
      onDragLeave: () => setOver(false),
      onDrop: (event: DragEvent) => {
        setOver(false)
        if (!takes(event)) return
        event.preventDefault()
        event.stopPropagation()
        void addDroppedVersion(id, broughtFiles(event.dataTransfer))
      },
    },
  }
}
