import type { MenuCommand } from '../../shared/contract/events.ts'
import { discard, keep, toggleFavorite, trash } from '../actions/assets.ts'
import { chooseAndImport } from '../actions/imports.ts'
import { syncNow } from '../actions/library.ts'
import { redo, undo } from '../actions/mutate.ts'
import { targets } from '../actions/targets.ts'
import { useVector } from '../queries/vector.ts'
import { openView } from '../state/browse.ts'
import { requestFocus } from '../state/focusRequests.ts'
import { openDialog, startNamingCollection, toggleInspector, toggleSidebar } from '../state/panels.ts'
import { setSelection, useSelection } from '../state/selection.ts'
import { selectAll } from '../state/selectRows.ts'
import { showToast } from '../state/toasts.ts'
import { actions } from '../strings/actions.ts'

/** Every command of the window by name: those of the native menu and `collect`. */
export type Command = MenuCommand | 'collect'

/** What each command does. The native menu and the keyboard come here. */
export const commands: Readonly<Record<Command, () => void>> = {
  import: () => void chooseAndImport(),
  undo: () => void undo(),
  redo: () => void redo(),
  'select-all': () => setSelection(selectAll(useSelection.getState(), useVector.getState().rowIds)),
  'new-collection': startNamingCollection,
  'toggle-inspector': toggleInspector,
  'toggle-sidebar': toggleSidebar,
  find: () => requestFocus('search'),
  settings: () => openDialog('settings'),
  'add-remote': () => openDialog('remotes', { addRemote: true }),
  'sync-now': () => void syncNow(),
  shortcuts: () => openDialog('shortcuts'),
  'view-workspace': () => openView({ kind: 'workspace' }),
  'view-library': () => openView({ kind: 'library' }),
  keep: () => void keep(),
  discard: () => void discard(),
  trash: () => void trash(),
  favorite: () => void toggleFavorite(),
  collect: () => {
    if (targets().length === 0) showToast({ message: actions.nothingSelected })
    else openDialog('collection-picker')
  },
}
