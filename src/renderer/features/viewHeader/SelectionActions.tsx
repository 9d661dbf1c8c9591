import { AlarmClockPlus, Check, FolderPlus, Heart, Trash2, Undo2, X } from 'lucide-react'
import { discard, keep, restore, toggleFavorite, trash } from '../../actions/assets.ts'
import { askToRemove, keepLonger } from '../../actions/lifecycle.ts'
import { shortcutText } from '../../actions/shortcutText.ts'
import { useBrowse } from '../../state/browse.ts'
import { openDialog } from '../../state/panels.ts'
import { clearSelection } from '../../state/selection.ts'
import { actions } from '../../strings/actions.ts'
import { frame } from '../../strings/frame.ts'
import { lifecycle } from '../../strings/lifecycle.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import styles from './SelectionActions.module.css'

/** The usual actions of the view for the mouse; each says its key. */
export function SelectionActions() {
  const kind = useBrowse((browse) => browse.view.kind)
  return (
    <div className={styles.actions} role="toolbar" aria-label={frame.selectionActions}>
      {kind === 'trash' ? (
        <>
          <Button size="s" icon={<Undo2 />} onClick={() => void restore()}>
            {actions.restore}
          </Button>
          <Button size="s" icon={<Trash2 />} onClick={() => void askToRemove()}>
            {lifecycle.removeForGood}
          </Button>
        </>
      ) : null}
      {kind === 'workspace' ? (
        <>
          <Button size="s" variant="primary" icon={<Check />} onClick={() => void keep()}>
            {actions.keep}
            <span className={styles.key}>
              <Kbd>{shortcutText('keep')}</Kbd>
            </span>
          </Button>
          <Button size="s" icon={<X />} onClick={() => void discard()}>
            {actions.discard}
            <span className={styles.key}>
              <Kbd>{shortcutText('discard')}</Kbd>
            </span>
          </Button>
        </>
      ) : null}
      {kind === 'trash' ? null : (
        <>
          <IconButton
            label={actions.favorite}
            shortcut={shortcutText('favorite')}
            onClick={() => void toggleFavorite()}
          >
            <Heart />
          </IconButton>
          <IconButton
            label={actions.addToCollection}
            shortcut={shortcutText('collect')}
            onClick={() => openDialog('collection-picker')}
          >
            <FolderPlus />
          </IconButton>
          {kind === 'workspace' ? (
            <IconButton
              label={lifecycle.keepLonger}
              shortcut={shortcutText('keep-longer')}
              onClick={() => void keepLonger()}
            >
              <AlarmClockPlus />
            </IconButton>
          ) : (
            <IconButton label={actions.trash} shortcut={shortcutText('trash')} onClick={() => void trash()}>
              <Trash2 />
            </IconButton>
          )}
        </>
      )}
      <IconButton label={frame.clearSelection} shortcut="Esc" onClick={clearSelection}>
        <X />
      </IconButton>
    </div>
  )
}
