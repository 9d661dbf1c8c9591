import type { MenuItemConstructorOptions } from 'electron'
import type { MenuCommand } from '../../shared/contract/events.ts'

interface MenuActions {
  /** Hands a command to the page of the focused window. */
  command(name: MenuCommand): void
  openLibrary(): void
  showLog(): void
  copyDiagnostics(): void
}

interface MenuPlatform {
  readonly mac: boolean
  /** Adds reloading and the developer tools. */
  readonly development: boolean
}

/**
 * The native menu: every command of the contract with its shortcut.
 *
 * Shortcuts without Ctrl or Cmd belong to the page, which knows whether somebody is typing. Where a menu can show a
 * shortcut without listening to it (not on macOS) it does; else they are left out.
 */
export function menuTemplate(actions: MenuActions, { mac, development }: MenuPlatform): MenuItemConstructorOptions[] {
  const item = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    id: command,
    label,
    click: () => actions.command(command),
    ...(accelerator === undefined ? {} : { accelerator }),
  })
  const pageKey = (label: string, command: MenuCommand, key: string): MenuItemConstructorOptions =>
    mac ? item(label, command) : { ...item(label, command, key), registerAccelerator: false }

  const settings = item(mac ? 'Settings…' : 'Settings', 'settings', 'CmdOrCtrl+,')
  const appMenu: MenuItemConstructorOptions = {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      { type: 'separator' },
      settings,
      { type: 'separator' },
      { role: 'services' },
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { role: 'quit' },
    ],
  }
  const file: MenuItemConstructorOptions = {
    label: 'File',
    submenu: [
      item('Import…', 'import', 'CmdOrCtrl+I'),
      item('Import Folders as Collections…', 'import-folders'),
      item('Import an Eagle Library…', 'import-eagle'),
      {
        label: 'Export Metadata',
        submenu: [
          item('As CSV…', 'export-csv'),
          item('As JSON…', 'export-json'),
          item('As XMP Sidecars…', 'export-xmp'),
        ],
      },
      { type: 'separator' },
      item('New Collection', 'new-collection', 'CmdOrCtrl+N'),
      item('New Generation Request…', 'new-request'),
      { type: 'separator' },
      { id: 'open-library', label: 'Open Library…', accelerator: 'CmdOrCtrl+O', click: () => actions.openLibrary() },
      { type: 'separator' },
      item('Add Remote…', 'add-remote'),
      item('Sync Now', 'sync-now', 'CmdOrCtrl+Shift+S'),
      { type: 'separator' },
      item('Check Library…', 'check-library'),
      item('Empty Trash…', 'empty-trash'),
      { type: 'separator' },
      ...(mac ? [{ role: 'close' } as const] : [settings, { type: 'separator' } as const, { role: 'quit' } as const]),
    ],
  }
  const edit: MenuItemConstructorOptions = {
    label: 'Edit',
    submenu: [
      item('Undo', 'undo', 'CmdOrCtrl+Z'),
      item('Redo', 'redo', 'Shift+CmdOrCtrl+Z'),
      { type: 'separator' },
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      item('Select All', 'select-all', 'CmdOrCtrl+A'),
      { type: 'separator' },
      item('Find', 'find', 'CmdOrCtrl+F'),
    ],
  }
  const asset: MenuItemConstructorOptions = {
    label: 'Asset',
    submenu: [
      pageKey('Keep', 'keep', 'K'),
      pageKey('Discard', 'discard', 'X'),
      pageKey('Keep Longer in the Workspace', 'keep-longer', 'L'),
      pageKey('Favourite', 'favorite', 'F'),
      item('Use as Reference…', 'use-as-reference'),
      { type: 'separator' },
      pageKey('Move to Trash', 'trash', 'Delete'),
      pageKey('Delete for Good…', 'remove-for-good', 'Shift+Delete'),
    ],
  }
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [
      item('Workspace', 'view-workspace', 'CmdOrCtrl+1'),
      item('Library', 'view-library', 'CmdOrCtrl+2'),
      item('Requests', 'view-requests', 'CmdOrCtrl+3'),
      item('Storage', 'view-storage'),
      { type: 'separator' },
      item('Show or Hide Sidebar', 'toggle-sidebar', 'CmdOrCtrl+B'),
      pageKey('Show or Hide Inspector', 'toggle-inspector', 'I'),
      { type: 'separator' },
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { role: 'togglefullscreen' },
      ...(development ? ([{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }] as const) : []),
    ],
  }
  const help: MenuItemConstructorOptions = {
    role: 'help',
    label: 'Help',
    submenu: [
      pageKey('Keyboard Shortcuts', 'shortcuts', '?'),
      { type: 'separator' },
      { id: 'show-log', label: 'Show Log', click: () => actions.showLog() },
      { id: 'copy-diagnostics', label: 'Copy Diagnostics', click: () => actions.copyDiagnostics() },
      ...(mac ? [] : ([{ type: 'separator' }, { role: 'about' }] as const)),
    ],
  }
  return [...(mac ? [appMenu] : []), file, edit, asset, view, ...(mac ? [{ role: 'windowMenu' } as const] : []), help]
}
