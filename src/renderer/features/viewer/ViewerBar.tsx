import { Heart, Info, Maximize, Minus, Plus, RotateCw, SunMoon, X } from 'lucide-react'
import type { AssetCard } from '../../../shared/domain/asset.ts'
import { draggable } from '../../actions/dragAssets.ts'
import { viewer as strings } from '../../strings/viewer.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import type { Navigation } from './useNavigation.ts'
import styles from './ViewerBar.module.css'
import type { ViewerCommand } from './viewerCommands.ts'
import { type Background, useViewerView } from './viewerView.ts'

/** What is shown, where it stands in the view, and how to look at it. */
export function ViewerBar({
  card,
  navigation,
  zoom,
  background,
  run,
}: {
  readonly card: AssetCard | undefined
  readonly navigation: Navigation
  /** Null for what can't be zoomed. */
  readonly zoom: number | null
  readonly background: Background
  readonly run: (command: ViewerCommand) => void
}) {
  const info = useViewerView((view) => view.info)
  const { index, total } = navigation
  return (
    <header className={styles.bar}>
      <div className={styles.what}>
        <h1 className={styles.name} {...(card === undefined ? {} : draggable(card.row_id))}>
          {card?.custom_title ?? card?.file_name}
        </h1>
        <span className={styles.place}>{index === null ? strings.left : strings.place(index + 1, total)}</span>
        {card !== undefined && card.rating > 0 ? (
          <span className={styles.rating} role="img" aria-label={strings.stars(card.rating)}>
            {'★'.repeat(card.rating)}
          </span>
        ) : null}
      </div>
      {zoom === null ? null : <ZoomControls zoom={zoom} run={run} />}
      <div className={styles.tools}>
        {zoom === null ? null : (
          <>
            <IconButton label={strings.rotate} shortcut="R" onClick={() => run({ kind: 'rotate', turns: 1 })}>
              <RotateCw />
            </IconButton>
            <IconButton
              label={strings.backgroundIs(strings.backgrounds[background])}
              shortcut="B"
              onClick={() => run({ kind: 'background' })}
            >
              <SunMoon />
            </IconButton>
          </>
        )}
        <IconButton
          label={strings.favorite}
          shortcut="F"
          aria-pressed={card?.is_favorite ?? false}
          className={card?.is_favorite ? styles.loved : undefined}
          onClick={() => run({ kind: 'favorite' })}
        >
          <Heart />
        </IconButton>
        <IconButton label={strings.info} shortcut="I" aria-pressed={info} onClick={() => run({ kind: 'info' })}>
          <Info />
        </IconButton>
        <IconButton label={strings.fullScreen} shortcut="⇧F" onClick={() => run({ kind: 'full-screen' })}>
          <Maximize />
        </IconButton>
        <IconButton label={strings.close} shortcut="Esc" onClick={() => run({ kind: 'close' })}>
          <X />
        </IconButton>
      </div>
    </header>
  )
}

function ZoomControls({ zoom, run }: { readonly zoom: number; readonly run: (command: ViewerCommand) => void }) {
  const percent = strings.percent(zoom)
  return (
    <div className={styles.zoom}>
      <IconButton label={strings.zoomOut} shortcut="−" size="s" onClick={() => run({ kind: 'zoom-out' })}>
        <Minus />
      </IconButton>
      <button
        type="button"
        className={styles.percent}
        aria-label={strings.zoomToggle(percent)}
        onClick={() => run({ kind: zoom === 1 ? 'fit' : 'actual-size' })}
      >
        {percent}
      </button>
      <IconButton label={strings.zoomIn} shortcut="+" size="s" onClick={() => run({ kind: 'zoom-in' })}>
        <Plus />
      </IconButton>
    </div>
  )
}
