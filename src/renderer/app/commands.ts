import type { MenuCommand } from '../../shared/contract/events.ts'
import { discard, keep, toggleFavorite, trash } from '../actions/assets.ts'
import { exportMetadata } from '../actions/exports.ts'
import { chooseAndImport, importEagleLibrary, importFoldersAsCollections } from '../actions/imports.ts'
import { syncNow } from '../actions/library.ts'
import { askToEmptyTrash, askToRemove, keepLonger } from '../actions/lifecycle.ts'
import { redo, undo } from '../actions/mutate.ts'
import { askForRequest, newRequestFromSelection } from '../actions/requests.ts'
import { targets } from '../actions/targets.ts'
import { useVector } from '../queries/vector.ts'
import { openScreen, openView } from '../state/browse.ts'
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
  'import-folders': () => void importFoldersAsCollections(),
  'import-eagle': () => void importEagleLibrary(),
  'export-csv': () => void exportMetadata('csv'),
  'export-json': () => void exportMetadata('json'),
  'export-xmp': () => void exportMetadata('xmp'),
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
  'view-storage': () => openScreen('storage'),
  'view-requests': () => openScreen('requests'),
  'new-request': newRequestFromSelection,
  'use-as-reference': () => askForRequest('references'),
  keep: () => void keep(),
  discard: () => void discard(),
  trash: () => void trash(),
  'keep-longer': () => void keepLonger(),
  'remove-for-good': () => void askToRemove(),
  'empty-trash': () => void askToEmptyTrash(),
  'check-library': () => openDialog('check-library'),
  favorite: () => void toggleFavorite(),
  collect: () => {
    if (targets().length === 0) showToast({ message: actions.nothingSelected })
    else openDialog('collection-picker')
  },
}
