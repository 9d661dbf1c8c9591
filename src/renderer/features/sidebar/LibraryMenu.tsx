import {
  AppWindow,
  ChevronDown,
  CloudDownload,
  FolderOpen,
  FolderTree,
  HardDrive,
  History,
  Import,
  Layers,
  LibraryBig,
  Plus,
  Settings,
  ShieldCheck,
  SquareArrowOutUpRight,
} from 'lucide-react'
import {
  chooseAndImport,
  chooseFolderAndImport,
  importEagleLibrary,
  importFoldersAsCollections,
} from '../../actions/imports.ts'
import { chooseLibrary, createLibrary, newWindow, openDropFolder, openLibrary } from '../../actions/library.ts'
import { shortcutText } from '../../actions/shortcutText.ts'
import { useLibrary } from '../../queries/library.ts'
import { type RecentLibraries, useRecentLibraries } from '../../queries/recentLibraries.ts'
import { openScreen } from '../../state/browse.ts'
import { openDialog } from '../../state/panels.ts'
import { actions } from '../../strings/actions.ts'
import { commandTitles } from '../../strings/commands.ts'
import { frame } from '../../strings/frame.ts'
import { importStrings } from '../../strings/imports.ts'
import { integrity } from '../../strings/integrity.ts'
import { libraries } from '../../strings/libraries.ts'
import { Menu } from '../../ui/Menu.tsx'
import type { MenuEntry } from '../../ui/menuEntry.ts'
import styles from './LibraryMenu.module.css'

/** The name of the library, and what concerns it as a whole. */
export function LibraryMenu() {
  const name = useLibrary((library) => library.info?.name ?? '')
  const path = useLibrary((library) => library.info?.path ?? null)
  const recent = useRecentLibraries(path)
  return (
    <div className={styles.brand}>
      <Menu
        entries={[
          {
            kind: 'action',
            label: actions.import,
            icon: <Import />,
            shortcut: shortcutText('import'),
            onSelect: () => void chooseAndImport(),
          },
          {
            kind: 'action',
            label: actions.importFolder,
            icon: <FolderOpen />,
            onSelect: () => void chooseFolderAndImport(),
          },
          {
            kind: 'action',
            label: importStrings.foldersAsCollections,
            icon: <FolderTree />,
            onSelect: () => void importFoldersAsCollections(),
          },
          {
            kind: 'action',
            label: importStrings.fromEagle,
            icon: <LibraryBig />,
            onSelect: () => void importEagleLibrary(),
          },
          { kind: 'separator' },
          { kind: 'action', label: frame.storage, icon: <HardDrive />, onSelect: () => openScreen('storage') },
          {
            kind: 'action',
            label: integrity.menu,
            icon: <ShieldCheck />,
            onSelect: () => openDialog('check-library'),
          },
          {
            kind: 'action',
            label: frame.openDropFolder,
            icon: <SquareArrowOutUpRight />,
            onSelect: () => void openDropFolder(),
          },
          { kind: 'separator' },
          ...recentMenu(recent),
          { kind: 'action', label: frame.openAnother, icon: <Layers />, onSelect: () => void chooseLibrary() },
          { kind: 'action', label: libraries.create, icon: <Plus />, onSelect: () => void createLibrary() },
          {
            kind: 'action',
            label: libraries.join,
            icon: <CloudDownload />,
            onSelect: () => openDialog('join-library'),
          },
          {
            kind: 'action',
            label: commandTitles.newWindow,
            icon: <AppWindow />,
            shortcut: shortcutText('new-window'),
            onSelect: () => void newWindow(),
          },
          { kind: 'separator' },
          {
            kind: 'action',
            label: actions.settings,
            icon: <Settings />,
            shortcut: shortcutText('settings'),
            onSelect: () => openDialog('settings'),
          },
        ]}
      >
        <button type="button" className={styles.button} aria-label={`${frame.libraryMenu}: ${name}`}>
          <Layers className={styles.mark} aria-hidden="true" />
          <span className={styles.name}>{name}</span>
          <ChevronDown className={styles.arrow} aria-hidden="true" />
        </button>
      </Menu>
    </div>
  )
}

/** The libraries that were open lately; one whose disk is away stands there, but can't be opened. */
function recentMenu(recent: RecentLibraries | null): readonly MenuEntry[] {
  if (recent === null || recent.length === 0) return []
  return [
    {
      kind: 'submenu',
      label: libraries.recent,
      icon: <History />,
      entries: recent.map(({ path, name, there }) => ({
        kind: 'action',
        label: labelOf(name, path, recent, there),
        disabled: !there,
        onSelect: () => void openLibrary(path),
      })),
    },
  ]
}

function labelOf(name: string, path: string, recent: RecentLibraries, there: boolean): string {
  const alone = recent.filter((other) => other.name === name).length === 1
  const label = alone ? name : `${name} – ${path}`
  return there ? label : `${label} (${libraries.notThere.toLowerCase()})`
}
