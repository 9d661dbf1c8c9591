import { type RefObject, useRef, useState } from 'react'
import type { AssetCard } from '../../../shared/domain/asset.ts'
import { discard, keep, rate, toggleFavorite } from '../../actions/assets.ts'
import { undo } from '../../actions/mutate.ts'
import { closeViewer, openViewer } from '../../state/viewer.ts'
import type { MediaControl } from './MediaStage.tsx'
import type { Navigation } from './useNavigation.ts'
import type { PlacementControl } from './usePlacement.ts'
import type { ViewerCommand } from './viewerKeys.ts'
import { type Background, nextBackground, toggleInfo, useViewerView } from './viewerView.ts'
import type { Stage } from './viewport.ts'

/** How far one key press moves a zoomed picture, CSS pixels. */
const PAN_STEP = 80
const SEEK_SECONDS = 5

export interface Surroundings {
  readonly rowId: number
  readonly card: AssetCard | undefined
  readonly navigation: Navigation
  readonly background: Background
  readonly picture: RefObject<PlacementControl | null>
  readonly media: RefObject<MediaControl | null>
}

export interface ViewerCommands {
  readonly quarterTurns: Stage['quarterTurns']
  run(command: ViewerCommand): void
}

/** Does what keys and buttons of the viewer say. */
export function useViewerCommands(around: Surroundings): ViewerCommands {
  const [turned, setTurned] = useState<{ readonly rowId: number; readonly turns: Stage['quarterTurns'] } | null>(null)
  const quarterTurns = turned?.rowId === around.rowId ? turned.turns : 0
  /** Rows changed from here, the latest last: undo shows what it brings back. */
  const changed = useRef<number[]>([])
  const { rowId, card, navigation } = around
  const row = () => Int32Array.of(rowId)

  const change = (action: Promise<void>) => {
    changed.current.push(rowId)
    void action
  }

  /** Keep and discard go on to the next asset at once; the answer comes as a toast. */
  const decide = (action: typeof keep | typeof discard) => {
    const next = navigation.rowAt('next') ?? navigation.rowAt('previous')
    change(action(row()))
    if (card?.space !== 'workspace' || card.deleted_at !== null) return
    if (next === null || next === rowId) closeViewer()
    else openViewer(next)
  }

  const takeBack = async () => {
    const back = changed.current.pop()
    await undo()
    if (back !== undefined) openViewer(back)
  }

  const run = (command: ViewerCommand) => {
    const picture = around.picture.current
    const media = around.media.current
    switch (command.kind) {
      case 'close':
        return closeViewer()
      case 'next':
      case 'previous':
      case 'first':
      case 'last':
        return navigation.go(command.kind)
      case 'zoom-in':
        return picture?.step(1)
      case 'zoom-out':
        return picture?.step(-1)
      case 'fit':
        return picture?.fit()
      case 'actual-size':
        return picture?.actualSize()
      case 'pan':
        media?.seek(command.x * SEEK_SECONDS)
        return picture?.pan({ x: -command.x * PAN_STEP, y: -command.y * PAN_STEP })
      case 'rotate':
        return setTurned({ rowId, turns: ((quarterTurns + command.turns + 4) % 4) as Stage['quarterTurns'] })
      case 'background':
        return useViewerView.setState({ background: nextBackground(around.background) })
      case 'info':
        return toggleInfo()
      case 'favorite':
        return change(toggleFavorite(row()))
      case 'rate':
        return change(rate(command.rating, row()))
      case 'keep':
        return decide(keep)
      case 'discard':
        return decide(discard)
      case 'undo':
        return void takeBack()
      case 'play':
        return media?.togglePlay()
      case 'mute':
        return media?.toggleMute()
      case 'frame':
        return media?.stepFrame(command.step)
    }
  }
  return { quarterTurns, run }
}
