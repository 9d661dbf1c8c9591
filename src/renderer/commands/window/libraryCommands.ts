import { exportMetadata } from '../../actions/exports.ts'
import {
  chooseAndImport,
  chooseFolderAndImport,
  importEagleLibrary,
  importFoldersAsCollections,
} from '../../actions/imports.ts'
import { chooseLibrary, createLibrary, newWindow, openDropFolder, pauseSync, syncNow } from '../../actions/library.ts'
import { askToEmptyTrash } from '../../actions/lifecycle.ts'
import { newRequestFromSelection } from '../../actions/requests.ts'
import { useLibrary } from '../../queries/library.ts'
import { useVector } from '../../queries/vector.ts'
import { useBrowse } from '../../state/browse.ts'
import { openDialog, startNamingCollection } from '../../state/panels.ts'
import { saveSearch } from '../../state/smartDialog.ts'
import { commandGroups, commandTitles as titles, commandWords as words } from '../../strings/commands.ts'
import { type Command, everyMode } from '../command.ts'

const file = (section: number) => ({ in: 'file', section }) as const
const hasRemote = () => {
  const { sync } = useLibrary.getState()
  return sync !== null && sync.state !== 'no-remote'
}
const isPaused = () => useLibrary.getState().sync?.state === 'paused'
const canExport = () => useBrowse.getState().screen === 'assets' && useVector.getState().total > 0

const group = commandGroups.library

/** What concerns the library as a whole, and what comes into it. */
export const libraryCommands: readonly Command[] = [
  {
    id: 'new-window',
    title: titles.newWindow,
    group: commandGroups.window,
    keys: ['Mod+Shift+N'],
    modes: everyMode,
    whileTyping: true,
    menu: file(0),
    run: newWindow,
  },
  {
    id: 'open-library',
    title: titles.openLibrary,
    group,
    keys: ['Mod+O'],
    modes: everyMode,
    whileTyping: true,
    menu: file(0),
    run: chooseLibrary,
  },
  { id: 'new-library', title: titles.createLibrary, group, modes: everyMode, menu: file(0), run: createLibrary },
  {
    id: 'join-library',
    title: titles.joinLibrary,
    group,
    modes: everyMode,
    menu: file(0),
    words: words.remotes,
    run: () => openDialog('join-library'),
  },
  {
    id: 'import',
    title: titles.import,
    group,
    keys: ['Mod+I'],
    whileTyping: true,
    menu: file(1),
    run: chooseAndImport,
  },
  { id: 'import-folder', title: titles.importFolder, group, menu: file(1), run: chooseFolderAndImport },
  { id: 'import-folders', title: titles.importFolders, group, menu: file(1), run: importFoldersAsCollections },
  { id: 'import-eagle', title: titles.importEagle, group, menu: file(1), run: importEagleLibrary },
  { id: 'open-drop-folder', title: titles.openDropFolder, group, menu: file(1), run: openDropFolder },
  {
    id: 'export-csv',
    title: titles.exportCsv,
    group,
    menu: file(2),
    enabled: canExport,
    run: () => exportMetadata('csv'),
  },
  {
    id: 'export-json',
    title: titles.exportJson,
    group,
    menu: file(2),
    enabled: canExport,
    run: () => exportMetadata('json'),
  },
  {
    id: 'export-xmp',
    title: titles.exportXmp,
    group,
    menu: file(2),
    enabled: canExport,
    run: () => exportMetadata('xmp'),
  },
  {
    id: 'new-collection',
    title: titles.newCollection,
    group,
    keys: ['Mod+N'],
    whileTyping: true,
    menu: file(3),
    run: startNamingCollection,
  },
  {
    id: 'new-smart-collection',
    title: titles.newSmartCollection,
    group,
    menu: file(3),
    run: () => saveSearch(useBrowse.getState().text),
  },
  { id: 'new-request', title: titles.newRequest, group, menu: file(3), run: newRequestFromSelection },
  {
    id: 'remotes',
    title: titles.remotes,
    group,
    menu: file(4),
    words: words.remotes,
    run: () => openDialog('remotes'),
  },
  {
    id: 'conflicts',
    title: titles.conflicts,
    group,
    menu: file(4),
    words: words.remotes,
    enabled: hasRemote,
    run: () => openDialog('conflicts'),
  },
  {
    id: 'add-remote',
    title: titles.addRemote,
    group,
    menu: file(4),
    words: words.remotes,
    run: () => openDialog('remotes', { addRemote: true }),
  },
  {
    id: 'sync-now',
    title: titles.syncNow,
    group,
    keys: ['Mod+Shift+S'],
    menu: file(4),
    enabled: hasRemote,
    run: syncNow,
  },
  {
    id: 'pause-sync',
    title: titles.pauseSync,
    group,
    menu: file(4),
    enabled: () => hasRemote() && !isPaused(),
    run: () => pauseSync(true),
  },
  { id: 'resume-sync', title: titles.resumeSync, group, menu: file(4), enabled: isPaused, run: () => pauseSync(false) },
  { id: 'check-library', title: titles.checkLibrary, group, menu: file(5), run: () => openDialog('check-library') },
  {
    id: 'empty-trash',
    title: titles.emptyTrash,
    group,
    menu: file(5),
    enabled: () => useLibrary.getState().counts?.trash !== 0,
    run: askToEmptyTrash,
  },
]
