import { type RefObject, useRef, useState } from 'react'
import type { AssetCard } from '../../../shared/domain/asset.ts'
import { rate, toggleFavorite } from '../../actions/assets.ts'
import { copyPicture, copyPrompt } from '../../actions/clipboard.ts'
import { undo } from '../../actions/mutate.ts'
import { openDialog } from '../../state/panels.ts'
import { setVolume, speedAfter, usePlayback } from '../../state/playback.ts'
import { noteDecision } from '../../state/triage.ts'
import { closeViewer, openViewer } from '../../state/viewer.ts'
import type { PlacementControl } from '../../ui/stage/usePlacement.ts'
import type { Stage } from '../../ui/stage/viewport.ts'
import { decide } from './decide.ts'
import { toggleFullScreen } from './fullScreen.ts'
import type { PlayerControl } from './playerControl.ts'
import type { Navigation } from './useNavigation.ts'
import type { ViewerCommand } from './viewerCommands.ts'
import { type Background, nextBackground, toggleInfo, useViewerView } from './viewerView.ts'

/** How far one key press moves a zoomed picture, CSS pixels. */
const PAN_STEP = 80
/** How far an arrow key scrolls a text, CSS pixels, and how much of what is seen of it a page key. */
const LINE = 64
const PAGE_SHARE = 0.9
const SEEK_SECONDS = 5
const VOLUME_STEP = 0.1

export interface Surroundings {
  readonly rowId: number
  readonly card: AssetCard | undefined
  readonly navigation: Navigation
  readonly background: Background
  /** How many pages there are to turn, 1 for what has none. */
  readonly pages: number
  readonly root: RefObject<HTMLElement | null>
  readonly picture: RefObject<PlacementControl | null>
  readonly media: RefObject<PlayerControl | null>
}

export interface ViewerCommands {
  readonly quarterTurns: Stage['quarterTurns']
  /** From 0. */
  readonly page: number
  run(command: ViewerCommand): void
}

interface Turned {
  readonly rowId: number
  readonly turns: Stage['quarterTurns']
  readonly page: number
}

/** Does what keys and buttons of the viewer say. */
export function useViewerCommands(around: Surroundings): ViewerCommands {
  const { rowId, card, navigation } = around
  const [kept, setTurned] = useState<Turned | null>(null)
  // Another asset starts upright and with its first page.
  const turned: Turned = kept?.rowId === rowId ? kept : { rowId, turns: 0, page: 0 }
  /** Rows changed from here, the latest last: undo shows what it brings back. */
  const changed = useRef<number[]>([])
  const row = () => Int32Array.of(rowId)

  const change = (action: Promise<unknown>) => {
    changed.current.push(rowId)
    void action
  }
  const takeBack = async () => {
    const back = changed.current.pop()
    await undo()
    if (back === undefined) return
    noteDecision(back, null)
    openViewer(back)
  }
  /** Scrolls what is read, if it is that. */
  const scroll = (step: 1 | -1, share: number): boolean => {
    const text = around.root.current?.querySelector('[data-scroller]')
    text?.scrollBy({ top: step * Math.max(LINE, share * text.clientHeight) })
    return text != null
  }
  const turnPage = (step: 1 | -1) => {
    if (scroll(step, PAGE_SHARE)) return
    if (around.pages === 1) return navigation.go(step > 0 ? 'next' : 'previous')
    const page = Math.min(around.pages - 1, Math.max(0, turned.page + step))
    setTurned({ ...turned, page })
  }

  const run = (command: ViewerCommand): unknown => {
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
      case 'line':
        return scroll(command.step, 0) || navigation.go(command.step > 0 ? 'next' : 'previous')
      case 'page':
        return turnPage(command.step)
      case 'zoom-in':
        return picture?.step(1)
      case 'zoom-out':
        return picture?.step(-1)
      case 'fit':
        return picture?.fit()
      case 'actual-size':
        return picture?.actualSize()
      case 'pan':
        if (media !== null && command.y !== 0) setVolume(usePlayback.getState().volume - command.y * VOLUME_STEP)
        if (command.x !== 0) media?.seek(command.x * SEEK_SECONDS)
        return picture?.pan({ x: -command.x * PAN_STEP, y: -command.y * PAN_STEP })
      case 'rotate':
        return setTurned({ ...turned, turns: ((turned.turns + command.turns + 4) % 4) as Stage['quarterTurns'] })
      case 'background':
        return useViewerView.setState({ background: nextBackground(around.background) })
      case 'info':
        return toggleInfo()
      case 'full-screen':
        return toggleFullScreen(around.root.current)
      case 'favorite':
        return change(toggleFavorite(row()))
      case 'rate':
        return change(rate(command.rating, row()))
      case 'collect':
        return openDialog('collection-picker')
      case 'keep':
      case 'discard':
        return card && change(decide(command.kind, card, navigation))
      case 'undo':
        return takeBack()
      case 'play':
        return media?.togglePlay()
      case 'mute':
        return usePlayback.setState(({ muted }) => ({ muted: !muted }))
      case 'loop':
        return usePlayback.setState(({ loop }) => ({ loop: !loop }))
      case 'frame':
        return media?.stepFrame(command.step)
      case 'speed':
        return usePlayback.setState(({ speed }) => ({ speed: speedAfter(speed, command.step) }))
      case 'copy-picture':
        return copyPicture(row(), turned.page)
      case 'copy-prompt':
        return copyPrompt(row())
    }
  }
  return { quarterTurns: turned.turns, page: turned.page, run: (command) => void run(command) }
}
