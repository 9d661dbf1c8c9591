import type { Ref } from 'react'
import type { AssetCard } from '../../../shared/domain/asset.ts'
import type { DisplayKind } from '../../ui/stage/displayKind.ts'
import type { PlacementControl } from '../../ui/stage/usePlacement.ts'
import type { Stage as PictureStage } from '../../ui/stage/viewport.ts'
import { FileTile } from './FileTile.tsx'
import { FontStage } from './FontStage.tsx'
import { ImageStage } from './ImageStage.tsx'
import type { MediaFacts } from './mediaFacts.ts'
import { PagesStage } from './PagesStage.tsx'
import { Player } from './Player.tsx'
import type { PlayerControl } from './playerControl.ts'
import { TextStage } from './TextStage.tsx'
import type { ViewerCommand } from './viewerCommands.ts'

/** Room that a fitted picture leaves free; the buttons of the Workspace stand in it. */
const MARGIN = { library: { width: 32, height: 8 }, workspace: { width: 224, height: 8 } } as const

/** Shows an asset in the way that suits its kind. */
export function Stage({
  card,
  kind,
  facts,
  page,
  quarterTurns,
  checkered,
  picture,
  media,
  onZoom,
  run,
}: {
  readonly card: AssetCard
  readonly kind: DisplayKind
  readonly facts: MediaFacts
  /** From 0. */
  readonly page: number
  readonly quarterTurns: PictureStage['quarterTurns']
  readonly checkered: boolean
  readonly picture: Ref<PlacementControl>
  readonly media: Ref<PlayerControl>
  readonly onZoom: (zoom: number | null) => void
  readonly run: (command: ViewerCommand) => void
}) {
  const pictured = { card, quarterTurns, checkered, margin: MARGIN[card.space], control: picture, onZoom }
  switch (kind) {
    case 'image':
    case 'drawn':
    case 'thumbnail':
      return <ImageStage {...pictured} kind={kind} page={0} />
    case 'pages':
      return <PagesStage {...pictured} page={page} pages={facts.pages ?? 1} run={run} />
    case 'video':
    case 'audio':
      return <Player card={card} facts={facts} control={media} />
    case 'text':
      return <TextStage card={card} />
    case 'font':
      return <FontStage {...pictured} />
    case 'tile':
      return <FileTile card={card} />
  }
}
