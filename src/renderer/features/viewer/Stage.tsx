import type { Ref } from 'react'
import type { AssetCard } from '../../../shared/domain/asset.ts'
import type { DisplayKind } from './displayKind.ts'
import { FileTile } from './FileTile.tsx'
import { ImageStage } from './ImageStage.tsx'
import { type MediaControl, MediaStage } from './MediaStage.tsx'
import type { PlacementControl } from './usePlacement.ts'
import type { Stage as PictureStage } from './viewport.ts'

/** Room that a fitted picture leaves free; the buttons of the Workspace stand in it. */
const MARGIN = { library: { width: 32, height: 8 }, workspace: { width: 224, height: 8 } } as const

/** Shows an asset in the way that suits its kind. */
export function Stage({
  card,
  kind,
  quarterTurns,
  checkered,
  picture,
  media,
  onZoom,
}: {
  readonly card: AssetCard
  readonly kind: DisplayKind
  readonly quarterTurns: PictureStage['quarterTurns']
  readonly checkered: boolean
  readonly picture: Ref<PlacementControl>
  readonly media: Ref<MediaControl>
  readonly onZoom: (zoom: number) => void
}) {
  switch (kind) {
    case 'image':
    case 'thumbnail':
      return (
        <ImageStage
          card={card}
          drawable={kind === 'image'}
          quarterTurns={quarterTurns}
          checkered={checkered}
          margin={MARGIN[card.space]}
          control={picture}
          onZoom={onZoom}
        />
      )
    case 'video':
    case 'audio':
      return <MediaStage card={card} control={media} />
    case 'tile':
      return <FileTile card={card} />
  }
}
