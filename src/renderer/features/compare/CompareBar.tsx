import { ArrowLeftRight, Minus, Plus, TextSearch, Trophy, X } from 'lucide-react'
import type { AssetCard } from '../../../shared/domain/asset.ts'
import { useCompare } from '../../state/compare.ts'
import { compare as strings } from '../../strings/compare.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import styles from './CompareBar.module.css'
import type { CompareCommand } from './compareCommands.ts'

/** What is compared, and how to look at it. */
export function CompareBar({
  count,
  zoom,
  cards,
  run,
}: {
  readonly count: number
  /** Of the asset that the keyboard is on; 1 is one image pixel on one device pixel. */
  readonly zoom: number
  readonly cards: readonly (AssetCard | undefined)[]
  readonly run: (command: CompareCommand) => void
}) {
  const { winner, differences } = useCompare()
  const undecided = cards.filter((card) => card?.space === 'workspace' && card.deleted_at === null)
  const percent = strings.percent(zoom)
  return (
    <header className={styles.bar}>
      <h1 className={styles.title}>{strings.title(count)}</h1>
      {winner !== null && undecided.length > 1 && undecided.some((card) => card?.row_id === winner) ? (
        <Button size="s" icon={<Trophy aria-hidden="true" />} onClick={() => run({ kind: 'keep-winner' })}>
          {strings.keepWinner}
        </Button>
      ) : null}
      <div className={styles.zoom}>
        <IconButton label={strings.zoomOut} shortcut="−" size="s" onClick={() => run({ kind: 'zoom', direction: -1 })}>
          <Minus />
        </IconButton>
        <button
          type="button"
          className={styles.percent}
          aria-label={strings.zoomToggle(percent)}
          onClick={() => run({ kind: Math.abs(zoom - 1) < 0.005 ? 'fit' : 'actual-size' })}
        >
          {percent}
        </button>
        <IconButton label={strings.zoomIn} shortcut="+" size="s" onClick={() => run({ kind: 'zoom', direction: 1 })}>
          <Plus />
        </IconButton>
      </div>
      <IconButton label={strings.swap} shortcut="S" onClick={() => run({ kind: 'swap' })}>
        <ArrowLeftRight />
      </IconButton>
      <IconButton
        label={strings.differences}
        shortcut="D"
        aria-pressed={differences}
        onClick={() => run({ kind: 'differences' })}
      >
        <TextSearch />
      </IconButton>
      <IconButton label={strings.close} shortcut="Esc" onClick={() => run({ kind: 'close' })}>
        <X />
      </IconButton>
    </header>
  )
}
