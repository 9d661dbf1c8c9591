import {
  ChevronDown,
  FolderOpen,
  FolderTree,
  HardDrive,
  Import,
  Layers,
  LibraryBig,
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
import { chooseLibrary, openDropFolder } from '../../actions/library.ts'
import { shortcutText } from '../../actions/shortcutText.ts'
import { useLibrary } from '../../queries/library.ts'
import { openScreen } from '../../state/browse.ts'
import { openDialog } from '../../state/panels.ts'
import { actions } from '../../strings/actions.ts'
import { frame } from '../../strings/frame.ts'
import { importStrings } from '../../strings/imports.ts'
import { integrity } from '../../strings/integrity.ts'
import { Menu } from '../../ui/Menu.tsx'
import styles from './LibraryMenu.module.css'

/** The name of the library, and what concerns it as a whole. */
export function LibraryMenu() {
  const name = useLibrary((library) => library.info?.name ?? '')
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
          { kind: 'action', label: frame.openAnother, icon: <Layers />, onSelect: () => void chooseLibrary() },
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
