import {
  changeRating,
  discard,
  keep,
  rate,
  restore,
  showInFolder,
  toggleFavorite,
  trash,
} from '../../actions/assets.ts'
import { askToRemove, keepLonger } from '../../actions/lifecycle.ts'
import { redo, undo } from '../../actions/mutate.ts'
import { askForProgram, openInProgram } from '../../actions/openWith.ts'
import { fetchOriginals, freeUpSpace } from '../../actions/originals.ts'
import { askForRequest } from '../../actions/requests.ts'
import { targets } from '../../actions/targets.ts'
import { useVector } from '../../queries/vector.ts'
import { useBrowse } from '../../state/browse.ts'
import { openFileDialog } from '../../state/fileWork.ts'
import { requestFocus } from '../../state/focusRequests.ts'
import { openDialog } from '../../state/panels.ts'
import { clearSelection, setSelection, useSelection } from '../../state/selection.ts'
import { invertSelection, selectAll } from '../../state/selectRows.ts'
import { showToast } from '../../state/toasts.ts'
import { openViewer, useViewer } from '../../state/viewer.ts'
import { actions } from '../../strings/actions.ts'
import { commandGroups, commandTitles as titles, commandWords as words } from '../../strings/commands.ts'
import { type Command, libraryModes, type Mode } from '../command.ts'

const asset = (section: number) => ({ in: 'asset', section }) as const
const edit = (section: number) => ({ in: 'edit', section }) as const
/** The viewer shows one asset; a command acts on that then. */
const overAssets: readonly Mode[] = ['browse', 'viewer']

const isOnAssets = () => useBrowse.getState().screen === 'assets'
const inTrash = () => isOnAssets() && useBrowse.getState().view.kind === 'trash'
const selected = () => useSelection.getState().selected.size > 0

/** Whether there is something to act on. Cheap, because menus ask after every change of the selection. */
function hasTargets(): boolean {
  return useViewer.getState().rowId !== null || selected() || useSelection.getState().focus !== null
}
const canChange = () => hasTargets() && !inTrash()

function onFirst(act: (rowId: number) => unknown): void {
  const [first] = targets()
  if (first === undefined) showToast({ message: actions.nothingSelected })
  else act(first)
}

function onFiles(dialog: 'export-files' | 'rename-assets'): void {
  const rowIds = targets()
  if (rowIds.length === 0) showToast({ message: actions.nothingSelected })
  else openFileDialog(dialog, rowIds)
}

function collect(): void {
  if (targets().length === 0) showToast({ message: actions.nothingSelected })
  else openDialog('collection-picker')
}

const ratings: readonly Command[] = [0, 1, 2, 3, 4, 5].map((stars) => ({
  id: `rate-${stars}`,
  title: titles.rate(stars),
  group: commandGroups.organise,
  keys: [String(stars)],
  modes: overAssets,
  menu: asset(1),
  series: { title: titles.rateSeries, keys: ['0', '–', '5'] },
  enabled: canChange,
  run: () => rate(stars),
}))

/** In the viewer these keys zoom. */
const relativeRatings: readonly Command[] = (
  [
    ['rate-higher', titles.rateHigher, 'Plus', 1],
    ['rate-lower', titles.rateLower, '-', -1],
  ] as const
).map(([id, title, key, by]) => ({
  id,
  title,
  group: commandGroups.organise,
  keys: [key],
  modes: ['browse'],
  menu: asset(1),
  enabled: canChange,
  run: () => changeRating(by),
}))

const { organise, select } = commandGroups

/** What is done to assets: the ones selected, or the one in the viewer. */
export const assetCommands: readonly Command[] = [
  {
    id: 'undo',
    title: titles.undo,
    group: commandGroups.edit,
    keys: ['Mod+Z'],
    modes: libraryModes,
    menu: edit(0),
    run: undo,
  },
  {
    id: 'redo',
    title: titles.redo,
    group: commandGroups.edit,
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    modes: libraryModes,
    menu: edit(0),
    run: redo,
  },
  {
    id: 'select-all',
    title: titles.selectAll,
    group: select,
    keys: ['Mod+A'],
    menu: edit(2),
    enabled: isOnAssets,
    run: () => setSelection(selectAll(useSelection.getState(), useVector.getState().rowIds)),
  },
  { id: 'select-none', title: titles.selectNone, group: select, menu: edit(2), enabled: selected, run: clearSelection },
  {
    id: 'invert-selection',
    title: titles.invertSelection,
    group: select,
    keys: ['Mod+Shift+I'],
    menu: edit(2),
    enabled: isOnAssets,
    run: () => setSelection(invertSelection(useSelection.getState(), useVector.getState().rowIds)),
  },
  {
    id: 'find',
    title: titles.find,
    group: commandGroups.window,
    keys: ['/', 'Mod+F'],
    whileTyping: true,
    menu: edit(3),
    words: words.find,
    run: () => requestFocus('search'),
  },

  {
    id: 'open',
    title: titles.open,
    group: select,
    menu: asset(0),
    enabled: hasTargets,
    run: () => onFirst(openViewer),
  },
  {
    id: 'keep',
    title: titles.keep,
    group: organise,
    keys: ['K'],
    modes: overAssets,
    menu: asset(0),
    words: words.keep,
    enabled: canChange,
    run: () => keep(),
  },
  {
    id: 'discard',
    title: titles.discard,
    group: organise,
    keys: ['X'],
    modes: overAssets,
    menu: asset(0),
    words: words.discard,
    enabled: canChange,
    run: () => discard(),
  },
  {
    id: 'keep-longer',
    title: titles.keepLonger,
    group: organise,
    keys: ['L'],
    menu: asset(0),
    enabled: canChange,
    run: () => keepLonger(),
  },
  {
    id: 'favorite',
    title: titles.favorite,
    group: organise,
    keys: ['F'],
    modes: overAssets,
    menu: asset(1),
    enabled: canChange,
    run: () => toggleFavorite(),
  },
  ...ratings,
  ...relativeRatings,
  {
    id: 'collect',
    title: titles.collect,
    group: organise,
    keys: ['Shift+C'],
    modes: overAssets,
    menu: asset(2),
    enabled: canChange,
    run: collect,
  },
  {
    id: 'use-as-reference',
    title: titles.useAsReference,
    group: organise,
    modes: overAssets,
    menu: asset(2),
    enabled: canChange,
    run: () => askForRequest('references'),
  },
  {
    id: 'rename',
    title: titles.rename,
    group: organise,
    keys: ['F2'],
    modes: overAssets,
    menu: asset(3),
    enabled: canChange,
    run: () => onFiles('rename-assets'),
  },
  {
    id: 'export-files',
    title: titles.exportFiles,
    group: organise,
    keys: ['Mod+Shift+E'],
    modes: overAssets,
    menu: asset(3),
    enabled: hasTargets,
    run: () => onFiles('export-files'),
  },
  {
    id: 'fetch-original',
    title: titles.fetchOriginal,
    group: organise,
    modes: overAssets,
    menu: asset(3),
    words: words.fetchOriginal,
    enabled: hasTargets,
    run: () => fetchOriginals(),
  },
  {
    id: 'open-default',
    title: titles.openDefault,
    group: organise,
    modes: overAssets,
    menu: asset(3),
    words: words.openWith,
    enabled: hasTargets,
    run: () => onFirst((rowId) => openInProgram(rowId, null)),
  },
  {
    id: 'open-with',
    title: titles.openWith,
    group: organise,
    keys: ['Mod+Shift+O'],
    modes: overAssets,
    menu: asset(3),
    words: words.openWith,
    enabled: hasTargets,
    run: () => onFirst(askForProgram),
  },
  {
    id: 'free-space',
    title: titles.freeSpace,
    group: organise,
    modes: overAssets,
    menu: asset(3),
    words: words.freeSpace,
    enabled: hasTargets,
    run: () => freeUpSpace(),
  },
  {
    id: 'show-in-folder',
    title: titles.showInFolder,
    group: organise,
    modes: overAssets,
    menu: asset(3),
    enabled: hasTargets,
    run: () => onFirst(showInFolder),
  },
  {
    id: 'restore',
    title: titles.restore,
    group: organise,
    menu: asset(4),
    enabled: () => inTrash() && hasTargets(),
    run: () => restore(),
  },
  {
    id: 'trash',
    title: titles.trash,
    group: organise,
    keys: ['Delete', 'Mod+Delete'],
    modes: overAssets,
    menu: asset(4),
    words: words.trash,
    enabled: canChange,
    run: () => trash(),
  },
  {
    id: 'remove-for-good',
    title: titles.removeForGood,
    group: organise,
    keys: ['Shift+Delete'],
    menu: asset(4),
    enabled: () => inTrash() && hasTargets(),
    run: () => askToRemove(),
  },
]
