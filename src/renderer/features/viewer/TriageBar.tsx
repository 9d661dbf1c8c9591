import { Info, X } from 'lucide-react'
import type { AssetCard } from '../../../shared/domain/asset.ts'
import { draggable } from '../../actions/dragAssets.ts'
import { useNow } from '../../queries/now.ts'
import { tally, useTriage } from '../../state/triage.ts'
import { viewer as strings } from '../../strings/viewer.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import styles from './TriageBar.module.css'
import type { Navigation } from './useNavigation.ts'
import type { ViewerCommand } from './viewerCommands.ts'
import { useViewerView } from './viewerView.ts'

/** What is shown, and how far the triage is. */
export function TriageBar({
  card,
  navigation,
  run,
}: {
  readonly card: AssetCard | undefined
  readonly navigation: Navigation
  readonly run: (command: ViewerCommand) => void
}) {
  const triage = useTriage()
  const info = useViewerView((view) => view.info)
  const { kept, discarded } = tally(triage)
  const total = triage.rowIds.length
  return (
    <header className={styles.bar}>
      <div className={styles.what}>
        <h1 className={styles.name} {...(card === undefined ? {} : draggable(card.row_id))}>
          {card?.custom_title ?? card?.file_name}
        </h1>
        {card !== undefined && card.rating > 0 ? (
          <span className={styles.rating} role="img" aria-label={strings.stars(card.rating)}>
            {'★'.repeat(card.rating)}
          </span>
        ) : null}
        {card?.is_favorite ? (
          <span className={styles.heart} role="img" aria-label={strings.favorite}>
            ♥
          </span>
        ) : null}
      </div>
      <div className={styles.progress} data-testid="triage-progress">
        <span>{strings.place(navigation.position + 1, total)}</span>
        <progress className={styles.meter} max={total} value={kept + discarded} aria-label={strings.progress} />
        <span className={styles.tally}>{strings.tally(kept, discarded)}</span>
      </div>
      <div className={styles.tools}>
        {card?.expires_at ? <Expiry at={card.expires_at} /> : null}
        <IconButton label={strings.info} shortcut="I" aria-pressed={info} onClick={() => run({ kind: 'info' })}>
          <Info />
        </IconButton>
        <IconButton label={strings.endTriage} shortcut="Esc" onClick={() => run({ kind: 'close' })}>
          <X />
        </IconButton>
      </div>
    </header>
  )
}

const DAY_MS = 86_400_000

function Expiry({ at }: { readonly at: string }) {
  const days = Math.ceil((Date.parse(at) - useNow(60_000)) / DAY_MS)
  return <span className={styles.expiry}>{strings.expires(days)}</span>
}
