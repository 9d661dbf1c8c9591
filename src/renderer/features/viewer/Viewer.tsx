import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react'
import { useCard } from '../../queries/cards.ts'
import { useAppearance } from '../../state/appearance.ts'
import { useViewer } from '../../state/viewer.ts'
import { viewer as strings } from '../../strings/viewer.ts'
import { displayKind } from './displayKind.ts'
import { Filmstrip } from './Filmstrip.tsx'
import { InfoOverlay } from './InfoOverlay.tsx'
import type { MediaControl } from './MediaStage.tsx'
import { Stage } from './Stage.tsx'
import { TriageButtons } from './TriageButtons.tsx'
import { useCards } from './useCards.ts'
import { useNavigation } from './useNavigation.ts'
import type { PlacementControl } from './usePlacement.ts'
import { usePrefetch } from './usePrefetch.ts'
import { useToastsAbove } from './useToastsAbove.ts'
import { useViewerCommands } from './useViewerCommands.ts'
import { keepTabInside, useViewerFocus } from './useViewerFocus.ts'
import styles from './Viewer.module.css'
import { ViewerBar } from './ViewerBar.tsx'
import { ViewerHints } from './ViewerHints.tsx'
import { viewerCommand } from './viewerKeys.ts'
import { useViewerView } from './viewerView.ts'

/** One asset in the whole window, with its neighbours a key press away. */
export function Viewer() {
  const rowId = useViewer((viewer) => viewer.rowId)
  return rowId === null ? null : <OpenViewer rowId={rowId} />
}

function OpenViewer({ rowId }: { readonly rowId: number }) {
  const root = useRef<HTMLDivElement>(null)
  const foot = useRef<HTMLElement>(null)
  const picture = useRef<PlacementControl>(null)
  const media = useRef<MediaControl>(null)
  const shownRow = useRef(rowId)
  useEffect(() => {
    shownRow.current = rowId
  }, [rowId])
  useViewerFocus(root, shownRow)
  useToastsAbove(foot)

  const navigation = useNavigation(rowId)
  useCards(() => [rowId], String(rowId))
  usePrefetch([navigation.rowAt('next'), navigation.rowAt('previous')])
  const card = useCard(rowId)
  const [zoom, setZoom] = useState(1)
  const view = useViewerView()
  useAppearance((appearance) => appearance.theme)
  const background = view.background ?? (document.documentElement.dataset.theme === 'light' ? 'light' : 'dark')
  const { quarterTurns, run } = useViewerCommands({ rowId, card, navigation, background, picture, media })

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    keepTabInside(event)
    if (isPress(event)) return
    const command = viewerCommand(event)
    if (command === null) return
    // The shortcuts of the window mean other things; here these are the viewer's.
    event.preventDefault()
    event.stopPropagation()
    run(command)
  }

  const kind = card === undefined ? null : displayKind(card)
  const zoomable = kind === 'image' || kind === 'thumbnail'
  const name = card?.custom_title ?? card?.file_name ?? ''
  return (
    <div
      ref={root}
      className={styles.viewer}
      role="dialog"
      aria-modal="true"
      aria-label={strings.label(name)}
      tabIndex={-1}
      data-testid="viewer"
      onKeyDown={onKeyDown}
      onMouseDown={leaveKeyboard}
    >
      <ViewerBar card={card} navigation={navigation} zoom={zoomable ? zoom : null} background={background} run={run} />
      <div className={styles.stage} data-background={zoomable ? background : undefined}>
        {card === undefined || kind === null ? null : (
          <Stage
            key={card.id}
            card={card}
            kind={kind}
            quarterTurns={quarterTurns}
            checkered={background === 'checker'}
            picture={picture}
            media={media}
            onZoom={setZoom}
          />
        )}
        {card?.space === 'workspace' && card.deleted_at === null ? <TriageButtons run={run} /> : null}
        {view.info && card !== undefined ? <InfoOverlay card={card} /> : null}
      </div>
      <footer ref={foot} className={styles.foot}>
        <Filmstrip position={navigation.position} current={rowId} />
        <ViewerHints kind={kind} />
      </footer>
      <p className={styles.hidden} role="status">
        {navigation.index === null ? name : strings.announce(name, navigation.index + 1, navigation.total)}
      </p>
    </div>
  )
}

/** A press on a button leaves the keyboard where it is, so that Space still closes the viewer. */
function leaveKeyboard(event: MouseEvent<HTMLElement>): void {
  if (event.target instanceof Element && event.target.closest('button') !== null) event.preventDefault()
}

/** Space and Enter press the control that has the keyboard, as they do everywhere. */
function isPress(event: KeyboardEvent<HTMLElement>): boolean {
  return (
    (event.key === ' ' || event.key === 'Enter') &&
    event.target instanceof HTMLElement &&
    event.target.closest('button, video, audio, input') !== null
  )
}
