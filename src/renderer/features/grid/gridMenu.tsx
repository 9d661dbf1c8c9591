import {
  AlarmClockPlus,
  AppWindow,
  Check,
  Clipboard,
  CloudDownload,
  CloudUpload,
  Columns2,
  Copy,
  Eye,
  FileOutput,
  FolderOpen,
  FolderPlus,
  FolderTree,
  Heart,
  Image as ImageIcon,
  Import,
  Info,
  Pencil,
  RotateCcw,
  ScanSearch,
  Sparkles,
  Star,
  Trash2,
  Undo2,
  X,
} from 'lucide-react'
import {
  copyText,
  discard,
  keep,
  rate,
  restore,
  retryAssets,
  showInFolder,
  toggleFavorite,
  trash,
} from '../../actions/assets.ts'
import { copyPicture, copyPrompt } from '../../actions/clipboard.ts'
import { removeFromCollection, setCover } from '../../actions/collections.ts'
import { compare } from '../../actions/compare.ts'
import { exportMetadata } from '../../actions/exports.ts'
import { chooseAndImport, chooseFolderAndImport, importFoldersAsCollections } from '../../actions/imports.ts'
import { askToEmptyTrash, askToRemove, keepLonger } from '../../actions/lifecycle.ts'
import { askForProgram, openInProgram } from '../../actions/openWith.ts'
import { fetchOriginals, freeUpSpace } from '../../actions/originals.ts'
import { askForRequest } from '../../actions/requests.ts'
import { shortcutText } from '../../actions/shortcutText.ts'
import { targets } from '../../actions/targets.ts'
import { cards } from '../../queries/cards.ts'
import { expiryDays, useLibrary } from '../../queries/library.ts'
import { useVector } from '../../queries/vector.ts'
import { findEverywhere, useBrowse } from '../../state/browse.ts'
import { canCompare } from '../../state/compare.ts'
import { openFileDialog } from '../../state/fileWork.ts'
import { openDialog, usePanels } from '../../state/panels.ts'
import type { RowIds } from '../../state/rowSet.ts'
import { setSelection, useSelection } from '../../state/selection.ts'
import { selectAll } from '../../state/selectRows.ts'
import { openViewer } from '../../state/viewer.ts'
import { actions } from '../../strings/actions.ts'
import { clipboard } from '../../strings/clipboard.ts'
import { compare as compareStrings } from '../../strings/compare.ts'
import { exports } from '../../strings/exports.ts'
import { files } from '../../strings/files.ts'
import { importStrings } from '../../strings/imports.ts'
import { lifecycle } from '../../strings/lifecycle.ts'
import { openWith } from '../../strings/openWith.ts'
import { organise } from '../../strings/organise.ts'
import { originals } from '../../strings/originals.ts'
import { requests } from '../../strings/requests.ts'
import type { MenuEntry } from '../../ui/menuEntry.ts'

/** Of so many that are selected the menu looks whether an original is only in the bucket. */
const LOOKED_AT = 1000

const separator: MenuEntry = { kind: 'separator' }

/** Of the selection, or of all that is shown. */
const exportMenu: MenuEntry = {
  kind: 'submenu',
  label: exports.menu,
  icon: <FileOutput />,
  entries: [
    action(exports.asCsv, undefined, () => exportMetadata('csv')),
    action(exports.asJson, undefined, () => exportMetadata('json')),
    action(exports.asXmp, undefined, () => exportMetadata('xmp')),
  ],
}

/** The context menu of the grid, for what is selected now; that of the empty space when nothing is. */
export function gridMenu(): readonly MenuEntry[] {
  if (useSelection.getState().selected.size === 0) return emptyMenu()
  const rowIds = targets()
  const [first] = rowIds
  if (first === undefined) return emptyMenu()
  const card = cards.get(first)
  const { view } = useBrowse.getState()
  const single = rowIds.length === 1 ? card : undefined

  if (view.kind === 'trash') {
    return [
      action(actions.restore, <Undo2 />, () => restore(rowIds)),
      separator,
      action(actions.open, <Eye />, () => openViewer(first), 'Space'),
      exportMenu,
      separator,
      {
        ...action(lifecycle.removeForGood, <Trash2 />, () => askToRemove(rowIds), shortcutText('remove-for-good')),
        danger: true,
      },
    ]
  }
  const entries: MenuEntry[] = [action(actions.open, <Eye />, () => openViewer(first), 'Space')]
  if (canCompare(rowIds.length)) {
    entries.push(action(compareStrings.action, <Columns2 />, () => compare(rowIds), shortcutText('compare')))
  }
  entries.push(separator)
  if (view.kind === 'workspace' || card?.space === 'workspace') {
    entries.push(
      action(actions.keep, <Check />, () => keep(rowIds), shortcutText('keep')),
      action(actions.discard, <X />, () => discard(rowIds), shortcutText('discard')),
      keepLongerMenu(rowIds),
      separator,
    )
  }
  entries.push(
    action(
      single?.is_favorite ? actions.unfavorite : actions.favorite,
      <Heart />,
      () => toggleFavorite(rowIds),
      shortcutText('favorite'),
    ),
    {
      kind: 'submenu',
      label: actions.rate,
      icon: <Star />,
      entries: [5, 4, 3, 2, 1, 0].map((stars) =>
        action(actions.rateAs(stars), undefined, () => rate(stars, rowIds), String(stars)),
      ),
    },
    action(actions.addToCollection, <FolderPlus />, () => openDialog('collection-picker'), shortcutText('collect')),
    action(requests.useAsReference, <Sparkles />, () => askForRequest('references')),
    action(requests.cameOf, undefined, () => askForRequest('outputs')),
  )
  const collection =
    view.kind === 'collection' && useLibrary.getState().collections.find(({ id }) => id === view.collectionId)
  if (collection && single) {
    entries.push(action(organise.useAsCover, <ImageIcon />, () => setCover(collection.id, single.id)))
  }
  if (collection && !collection.is_permanent && collection.kind === 'manual') {
    entries.push(
      action(actions.removeFromCollection(collection.name), <X />, () => removeFromCollection(collection.id, rowIds)),
    )
  }
  entries.push(separator, exportMenu)
  if ([...rowIds.subarray(0, LOOKED_AT)].some((rowId) => cards.get(rowId)?.sync_state === 'cloud-only')) {
    entries.push(action(originals.fetchMany(rowIds.length), <CloudDownload />, () => fetchOriginals(rowIds)))
  }
  if ([...rowIds.subarray(0, LOOKED_AT)].some((rowId) => cards.get(rowId)?.sync_state === 'synced')) {
    entries.push(action(originals.freeSpace, <CloudUpload />, () => freeUpSpace(rowIds)))
  }
  if (single) {
    if (single.has_thumbnail && (single.asset_type === 'image' || single.asset_type === 'video')) {
      entries.push(action(actions.findSimilar, <ScanSearch />, () => findEverywhere('similar', single.id)))
    }
    entries.push(
      action(openWith.usual, <AppWindow />, () => openInProgram(first, null)),
      action(openWith.menu, undefined, () => askForProgram(first), shortcutText('open-with')),
      action(actions.showInFolder, <FolderOpen />, () => showInFolder(first)),
      action(clipboard.picture, <Clipboard />, () => copyPicture(rowIds), shortcutText('copy-picture')),
      action(clipboard.prompt, undefined, () => copyPrompt(rowIds), shortcutText('copy-prompt')),
      action(actions.copyName, <Copy />, () => copyText(single.file_name, `“${single.file_name}”`)),
      action(actions.info, <Info />, () => usePanels.setState({ inspector: true }), shortcutText('toggle-inspector')),
    )
  }
  if (card?.status === 'error' || card?.status === 'quarantined') {
    entries.push(action(actions.retry, <RotateCcw />, () => retryAssets(rowIds)))
  }
  entries.push(
    separator,
    action(files.menuRename, <Pencil />, () => openFileDialog('rename-assets', rowIds), shortcutText('rename')),
    action(
      files.menuExport,
      <FileOutput />,
      () => openFileDialog('export-files', rowIds),
      shortcutText('export-files'),
    ),
  )
  entries.push(separator, {
    ...action(actions.trash, <Trash2 />, () => trash(rowIds), shortcutText('trash')),
    danger: true,
  })
  return entries
}

function keepLongerMenu(rowIds: RowIds): MenuEntry {
  const usual = expiryDays(useLibrary.getState())
  const choices = [...new Set([usual ?? 7, 30, 90])].toSorted((a, b) => a - b)
  return {
    kind: 'submenu',
    label: lifecycle.keepLonger,
    icon: <AlarmClockPlus />,
    entries: [
      ...choices.map((days) =>
        action(
          lifecycle.daysFromNow(days),
          undefined,
          () => keepLonger(days, rowIds),
          days === usual ? shortcutText('keep-longer') : undefined,
        ),
      ),
      action(lifecycle.withoutEnd, undefined, () => keepLonger(null, rowIds)),
    ],
  }
}

function emptyMenu(): readonly MenuEntry[] {
  const inTrash = useBrowse.getState().view.kind === 'trash'
  if (inTrash) {
    return [
      selectEverything(),
      exportMenu,
      separator,
      { ...action(lifecycle.emptyTrash, <Trash2 />, askToEmptyTrash), danger: true },
    ]
  }
  return [
    action(actions.import, <Import />, chooseAndImport, shortcutText('import')),
    action(actions.importFolder, <FolderOpen />, chooseFolderAndImport),
    action(importStrings.foldersAsCollections, <FolderTree />, importFoldersAsCollections),
    separator,
    selectEverything(),
    exportMenu,
  ]
}

function selectEverything(): MenuEntry {
  return action(
    actions.selectAll,
    undefined,
    () => setSelection(selectAll(useSelection.getState(), useVector.getState().rowIds)),
    shortcutText('select-all'),
  )
}

function action(
  label: string,
  icon: MenuEntryIcon,
  run: () => unknown,
  shortcut?: string,
): Extract<MenuEntry, { kind: 'action' }> {
  return {
    kind: 'action',
    label,
    icon,
    onSelect: () => void run(),
    ...(shortcut === undefined ? {} : { shortcut }),
  }
}

type MenuEntryIcon = Extract<MenuEntry, { kind: 'action' }>['icon']
