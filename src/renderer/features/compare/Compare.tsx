import { useCallback, useEffect, useRef, useState } from 'react'
import { enterMode } from '../../commands/mode.ts'
import { useCardsOf } from '../../queries/cardsOf.ts'
import { useLoadedCards } from '../../queries/loadedCards.ts'
import { useCompare } from '../../state/compare.ts'
import { setSelection } from '../../state/selection.ts'
import { selectOnly } from '../../state/selectRows.ts'
import { compare as strings } from '../../strings/compare.ts'
import { keepKeysInside, leaveKeyboard, useModeFocus } from '../../ui/stage/useModeFocus.ts'
import type { Stage } from '../../ui/stage/viewport.ts'
import { useToastsAbove } from '../../ui/useToastsAbove.ts'
import styles from './Compare.module.css'
import { CompareBar } from './CompareBar.tsx'
import { CompareHints } from './CompareHints.tsx'
import { ComparePane } from './ComparePane.tsx'
import { Differences } from './Differences.tsx'
import { FilmBar } from './FilmBar.tsx'
import { type SharedView, wholePicture, zoomOf } from './sharedView.ts'
import { useCompareHearing } from './toCompare.ts'
import { useCompareCommands } from './useCompareCommands.ts'
import { Films, useFilmTransport } from './useFilms.ts'

/** Two to four assets side by side, looked at as one. */
export function Compare() {
  const open = useCompare(({ rowIds }) => rowIds.length > 0)
  return open ? <OpenCompare /> : null
}

function OpenCompare() {
  const { rowIds, active, winner, differences } = useCompare()
  const root = useRef<HTMLDivElement>(null)
  const foot = useRef<HTMLElement>(null)
  // Who won is then selected; else everything stays as it was.
  useModeFocus(root, () => {
    if (winner !== null) setSelection(selectOnly(winner))
  })
  useToastsAbove(foot)
  useLoadedCards(rowIds)
  const shown = useCardsOf(rowIds)

  const [view, setView] = useState<SharedView>(wholePicture)
  const stages = useRef(new Map<number, Stage>())
  const [zoom, setZoom] = useState(1)
  const activeRow = rowIds[active]
  const onStage = useCallback(
    (rowId: number, stage: Stage) => {
      stages.current.set(rowId, stage)
      if (rowId === activeRow) setZoom(zoomOf(stage, view))
    },
    [activeRow, view],
  )
  const films = useFilmTransport()
  const run = useCompareCommands(stages, setView, films)

  useCompareHearing(run)
  useEffect(() => enterMode('compare'), [])

  return (
    <div
      ref={root}
      className={styles.compare}
      role="dialog"
      aria-modal="true"
      aria-label={strings.label(rowIds.length)}
      tabIndex={-1}
      data-testid="compare"
      onKeyDown={keepKeysInside}
      onMouseDown={leaveKeyboard}
    >
      <CompareBar count={rowIds.length} zoom={zoom} cards={shown} run={run} />
      <Films value={films}>
        <div className={styles.panes} data-count={rowIds.length}>
          {rowIds.map((rowId, place) => {
            const card = shown[place]
            return card === undefined ? (
              <section key={rowId} className={styles.empty} aria-label={strings.loading} />
            ) : (
              <ComparePane
                key={rowId}
                card={card}
                place={place}
                active={place === active}
                winner={rowId === winner}
                view={view}
                onView={setView}
                onStage={onStage}
                run={run}
              />
            )
          })}
        </div>
      </Films>
      {differences ? <Differences rowIds={rowIds} /> : null}
      <footer ref={foot} className={styles.foot}>
        <FilmBar films={films} />
        <CompareHints workspace={shown.some((card) => card?.space === 'workspace')} />
      </footer>
    </div>
  )
}
