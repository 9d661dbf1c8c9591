import { type RefObject, useRef } from 'react'
import { discard, keep, rate, toggleFavorite } from '../../actions/assets.ts'
import { undo } from '../../actions/mutate.ts'
import { cards } from '../../queries/cards.ts'
import {
  activated,
  changeComparison,
  closeCompare,
  preferred,
  steppedBy,
  swapped,
  useCompare,
  without,
} from '../../state/compare.ts'
import { speedAfter, usePlayback } from '../../state/playback.ts'
import type { Stage } from '../../ui/stage/viewport.ts'
import type { CompareCommand } from './compareCommands.ts'
import type { FilmTransport } from './filmTransport.ts'
import { actualSize, movedBy, type SharedView, steppedZoom, wholePicture } from './sharedView.ts'

/** How far one key press moves the pictures, CSS pixels. */
const PAN_STEP = 80

/** Does what keys and buttons of the comparison say. */
export function useCompareCommands(
  stages: RefObject<ReadonlyMap<number, Stage>>,
  setView: (change: (view: SharedView) => SharedView) => void,
  films: FilmTransport,
): (command: CompareCommand) => void {
  const keptWinner = useRef(false)
  return (command) => {
    const { rowIds, active, winner } = useCompare.getState()
    const place = 'place' in command && command.place !== undefined ? command.place : active
    const rowId = rowIds[place]
    if (rowId === undefined) return
    const row = Int32Array.of(rowId)
    const stage = stages.current.get(rowId)
    switch (command.kind) {
      case 'close':
        return closeCompare()
      case 'step':
        return changeComparison((comparison) => steppedBy(comparison, command.by))
      case 'activate':
        return changeComparison((comparison) => activated(comparison, command.place))
      case 'swap':
        return changeComparison(swapped)
      case 'remove':
        return changeComparison((comparison) => without(comparison, place))
      case 'winner':
        return changeComparison((comparison) => preferred(comparison, rowId))
      case 'keep-winner':
        if (winner !== null) void keepOnly(winner, rowIds, keptWinner)
        return
      case 'differences':
        return changeComparison((comparison) => ({ ...comparison, differences: !comparison.differences }))
      case 'rate':
        return void rate(command.rating, row)
      case 'favorite':
        return void toggleFavorite(row)
      case 'keep':
        return void keep(row)
      case 'discard':
        return void discard(row)
      case 'undo':
        return void undo()
      case 'zoom':
        return stage && setView((view) => steppedZoom(stage, view, command.direction))
      case 'fit':
        return setView(() => wholePicture)
      case 'actual-size':
        return stage && setView((view) => actualSize(stage, view))
      case 'play':
        return films.toggle()
      case 'frame':
        return films.step(command.step)
      case 'speed':
        return usePlayback.setState(({ speed }) => ({ speed: speedAfter(speed, command.step) }))
      case 'loop':
        return usePlayback.setState(({ loop }) => ({ loop: !loop }))
      case 'mute':
        return usePlayback.setState(({ muted }) => ({ muted: !muted }))
      case 'pan':
        return stage && setView((view) => movedBy(stage, view, { x: -command.x * PAN_STEP, y: -command.y * PAN_STEP }))
    }
  }
}

/** Of those in the Workspace, keeps one and discards the others; each of the two can be undone. Once at a time. */
async function keepOnly(winner: number, rowIds: readonly number[], running: { current: boolean }): Promise<void> {
  if (running.current) return
  running.current = true
  try {
    const inWorkspace = rowIds.filter((rowId) => {
      const card = cards.get(rowId)
      return card?.space === 'workspace' && card.deleted_at === null
    })
    const others = inWorkspace.filter((rowId) => rowId !== winner)
    if (inWorkspace.includes(winner)) await keep(Int32Array.of(winner))
    if (others.length > 0) await discard(Int32Array.from(others))
  } finally {
    running.current = false
  }
}
