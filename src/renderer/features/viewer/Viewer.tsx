import { useEffect, useMemo, useRef, useState } from 'react'
import { enterMode } from '../../commands/mode.ts'
import { useCard } from '../../queries/cards.ts'
import { useLoadedCards } from '../../queries/loadedCards.ts'
import { useVector } from '../../queries/vector.ts'
import { useAppearance } from '../../state/appearance.ts'
import { setSelection } from '../../state/selection.ts'
import { selectOnly } from '../../state/selectRows.ts'
import { isTriaging, useTriage } from '../../state/triage.ts'
import { useViewer } from '../../state/viewer.ts'
import { viewer as strings } from '../../strings/viewer.ts'
import { type DisplayKind, pagedKind } from '../../ui/stage/displayKind.ts'
import { keepKeysInside, leaveKeyboard, useModeFocus } from '../../ui/stage/useModeFocus.ts'
import type { PlacementControl } from '../../ui/stage/usePlacement.ts'
import { useToastsAbove } from '../../ui/useToastsAbove.ts'
import { Filmstrip } from './Filmstrip.tsx'
import { useFullScreen } from './fullScreen.ts'
import { InfoOverlay } from './InfoOverlay.tsx'
import { mediaFacts } from './mediaFacts.ts'
import type { PlayerControl } from './playerControl.ts'
import { Stage } from './Stage.tsx'
import { TriageBar } from './TriageBar.tsx'
import { TriageButtons } from './TriageButtons.tsx'
import { useViewerHearing } from './toViewer.ts'
import { useDetail } from './useDetail.ts'
import { useNavigation } from './useNavigation.ts'
import { usePrefetch } from './usePrefetch.ts'
import { useTriageProgress } from './useTriageProgress.ts'
import { useViewerCommands } from './useViewerCommands.ts'
import styles from './Viewer.module.css'
import { ViewerBar } from './ViewerBar.tsx'
import { ViewerHints } from './ViewerHints.tsx'
import { useViewerView } from './viewerView.ts'

/** Height of the controls that stand above the foot, CSS pixels; no toast may cover them. */
const CONTROLS: Readonly<Partial<Record<DisplayKind, number>>> = { video: 76, audio: 44, pages: 48 }

/** One asset in the whole window, with its neighbours a key press away. */
export function Viewer() {
  const rowId = useViewer((viewer) => viewer.rowId)
  return rowId === null ? null : <OpenViewer rowId={rowId} />
}

function OpenViewer({ rowId }: { readonly rowId: number }) {
  const root = useRef<HTMLDivElement>(null)
  const foot = useRef<HTMLElement>(null)
  const picture = useRef<PlacementControl>(null)
  const media = useRef<PlayerControl>(null)
  const [opened] = useState(rowId)
  // What was looked at last is then selected, if it is another asset than the one the viewer was opened on.
  useModeFocus(root, () => {
    if (rowId !== opened) setSelection(selectOnly(rowId))
  })
  const fullScreen = useFullScreen(root)

  const triage = useTriage()
  const triaging = isTriaging(triage)
  useTriageProgress()
  const shownRows = useVector((vector) => vector.rowIds)
  const rowIds = triaging ? triage.rowIds : shownRows
  const navigation = useNavigation(rowIds, rowId)
  useLoadedCards([rowId])
  usePrefetch([navigation.rowAt('next'), navigation.rowAt('previous')])
  const card = useCard(rowId)
  const detail = useDetail(card)
  const facts = useMemo(() => mediaFacts(detail), [detail])
  const [zoom, setZoom] = useState<number | null>(1)
  const view = useViewerView()
  useAppearance((appearance) => appearance.theme)
  const background = view.background ?? (document.documentElement.dataset.theme === 'light' ? 'light' : 'dark')
  const kind = card === undefined ? null : pagedKind(card, facts.pages)
  const pages = kind === 'pages' ? (facts.pages ?? 1) : 1
  const { quarterTurns, page, run } = useViewerCommands({
    rowId,
    card,
    navigation,
    background,
    pages,
    root,
    picture,
    media,
  })

  useViewerHearing(run)
  useEffect(() => enterMode(triaging ? 'triage' : 'viewer'), [triaging])

  useToastsAbove(foot, kind === null ? 0 : (CONTROLS[kind] ?? 0))

  const zoomable = kind === 'image' || kind === 'thumbnail' || kind === 'drawn' || kind === 'pages'
  const name = card?.custom_title ?? card?.file_name ?? ''
  return (
    <div
      ref={root}
      className={styles.viewer}
      role="dialog"
      aria-modal="true"
      aria-label={triaging ? strings.triageLabel(name) : strings.label(name)}
      tabIndex={-1}
      data-testid="viewer"
      data-resting={(fullScreen.on && fullScreen.resting) || undefined}
      data-full-screen={fullScreen.on || undefined}
      onKeyDown={keepKeysInside}
      onMouseDown={leaveKeyboard}
    >
      {triaging ? (
        <TriageBar card={card} navigation={navigation} run={run} />
      ) : (
        <ViewerBar
          card={card}
          navigation={navigation}
          zoom={zoomable ? zoom : null}
          background={background}
          run={run}
        />
      )}
      <div className={styles.stage} data-background={zoomable ? background : undefined}>
        {card === undefined || kind === null ? null : (
          <Stage
            key={card.id}
            card={card}
            kind={kind}
            facts={facts}
            page={page}
            quarterTurns={quarterTurns}
            checkered={background === 'checker'}
            picture={picture}
            media={media}
            onZoom={setZoom}
            run={run}
          />
        )}
        {triaging || (card?.space === 'workspace' && card.deleted_at === null) ? (
          <TriageButtons decision={triage.decisions.get(rowId)} run={run} />
        ) : null}
        {view.info && card !== undefined ? <InfoOverlay card={card} detail={detail} /> : null}
      </div>
      <footer ref={foot} className={styles.foot}>
        <Filmstrip rowIds={rowIds} position={navigation.position} current={rowId} decisions={triage.decisions} />
        <ViewerHints kind={kind} triaging={triaging} />
      </footer>
      <p className={styles.hidden} role="status">
        {navigation.index === null ? name : strings.announce(name, navigation.index + 1, navigation.total)}
      </p>
    </div>
  )
}
