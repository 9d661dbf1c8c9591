import type { MenuItemConstructorOptions } from 'electron'
import type { MenuEntry, MenuName } from '../../shared/contract/requests/menuRequests.ts'

interface MenuActions {
  /** Hands a command to the page of the window whose menu it is. */
  command(id: string): void
  /** Opens a library that was open lately. */
  openLibrary(path: string): void
}

/** A library that was open lately. */
export interface RecentEntry {
  readonly path: string
  readonly name: string
}

interface MenuPlatform {
  readonly mac: boolean
  /** Adds reloading and the developer tools. */
  readonly development: boolean
}

type Item = MenuItemConstructorOptions

const separator: Item = { type: 'separator' }

/**
 * The native menu: the commands that the window has told of, among what the platform itself offers.
 * @param recent libraries that were open lately, without the one that is
 *
 * Shortcuts without Ctrl or Cmd belong to the page, which knows whether somebody is typing. Where a menu can show a
 * shortcut without listening to it (not on macOS) it does; else they are left out.
 */
export function menuTemplate(
  entries: readonly MenuEntry[],
  recent: readonly RecentEntry[],
  actions: MenuActions,
  { mac, development }: MenuPlatform,
): Item[] {
  const item = ({ id, title, chord, enabled }: MenuEntry): Item => ({
    id,
    label: plain(title),
    enabled,
    click: () => actions.command(id),
    ...shortcut(chord, mac),
  })
  const withRecent = (items: readonly Item[]): readonly Item[] => {
    // It belongs to what opens any other one.
    const at = items.findIndex(({ id }) => id === 'open-library')
    return at < 0 || recent.length === 0
      ? items
      : [...items.slice(0, at + 1), recentMenu(recent, actions), ...items.slice(at + 1)]
  }
  /** The sections of a menu, with lines between them; `own` are sections that the platform has. */
  const sections = (menu: MenuName, own: Readonly<Record<number, readonly Item[]>> = {}): Item[] => {
    const bySection = new Map<number, Item[]>()
    for (const entry of entries) {
      if (entry.menu !== menu) continue
      const before = bySection.get(entry.section)
      if (before === undefined) bySection.set(entry.section, [item(entry)])
      else before.push(item(entry))
    }
    for (const [section, items] of Object.entries(own)) {
      bySection.set(Number(section), [...(bySection.get(Number(section)) ?? []), ...items])
    }
    const ordered = [...bySection].toSorted(([a], [b]) => a - b).filter(([, items]) => items.length > 0)
    return ordered.flatMap(([, items], at) => (at === 0 ? withRecent(items) : [separator, ...withRecent(items)]))
  }

  const appMenu: Item = {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      separator,
      ...sections('app'),
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  }
  /** What modes that cover the window can be told has a menu of its own, below the one of views. */
  const modes = (
    [
      ['Viewer', sections('picture')],
      ['Compare', sections('compare')],
    ] as const
  ).flatMap(([label, submenu]): Item[] => (submenu.length === 0 ? [] : [{ label, submenu }]))
  const tools: readonly Item[] = development ? [{ role: 'reload' }, { role: 'toggleDevTools' }] : []
  const menus: Item[] = [
    ...(mac ? [appMenu] : []),
    {
      label: 'File',
      submenu: sections('file', mac ? {} : { [AFTER_ALL]: [...sections('app'), separator, { role: 'quit' }] }),
    },
    {
      label: 'Edit',
      submenu: sections('edit', { 1: [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }] }),
    },
    { label: 'Asset', submenu: sections('asset') },
    { label: 'Go', submenu: sections('go') },
    {
      label: 'View',
      submenu: sections('view', {
        [AFTER_ALL]: modes,
        [AFTER_ALL + 1]: [{ role: 'togglefullscreen' }],
        [AFTER_ALL + 2]: tools,
      }),
    },
    { role: 'windowMenu', label: 'Window' },
    { role: 'help', label: 'Help', submenu: sections('help', mac ? {} : { [AFTER_ALL]: [{ role: 'about' }] }) },
  ]
  return menus.filter(({ submenu }) => !Array.isArray(submenu) || submenu.length > 0)
}

/** Two libraries may have one name, so that it takes their folders to tell them apart. */
function recentMenu(recent: readonly RecentEntry[], { openLibrary }: MenuActions): Item {
  return {
    id: 'open-recent',
    label: 'Open recent',
    submenu: recent.map(({ path, name }) => ({
      label: plain(recent.some((other) => other.name === name && other.path !== path) ? `${name} (${path})` : name),
      sublabel: path,
      toolTip: path,
      click: () => openLibrary(path),
    })),
  }
}

/** What stands after an ampersand would be underlined instead of shown. */
function plain(label: string): string {
  return label.replaceAll('&', '&&')
}

/** Behind every section that a command can be in. */
const AFTER_ALL = 100

function shortcut(chord: string | null, mac: boolean): Pick<Item, 'accelerator' | 'registerAccelerator'> {
  if (chord === null) return {}
  if (chord.startsWith('Mod+')) return { accelerator: accelerator(chord) }
  return mac ? {} : { accelerator: accelerator(chord), registerAccelerator: false }
}

const KEYS: Readonly<Record<string, string>> = {
  Mod: 'CmdOrCtrl',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  Escape: 'Esc',
}

/** A chord in Electron's words. @see https://www.electronjs.org/docs/latest/api/accelerator */
function accelerator(chord: string): string {
  return chord
    .split('+')
    .map((part) => KEYS[part] ?? part)
    .join('+')
}
