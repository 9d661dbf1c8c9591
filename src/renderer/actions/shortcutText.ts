const isMac = /mac/i.test(globalThis.navigator?.platform ?? '')
const CONTROL = isMac ? '⌘' : 'Ctrl '
const SHIFT = isMac ? '⇧' : 'Shift '

/** How each command's shortcut is written on this platform. */
const texts = {
  keep: 'K',
  discard: 'X',
  favorite: 'F',
  rate: '1–5',
  trash: isMac ? '⌫' : 'Del',
  removeForGood: isMac ? '⇧⌦' : 'Shift Del',
  keepLonger: 'L',
  undo: `${CONTROL}Z`,
  redo: `${SHIFT}${CONTROL}Z`,
  view: 'Space',
  info: 'I',
  search: '/',
  import: `${CONTROL}I`,
  collect: 'C',
  newCollection: `${CONTROL}N`,
  shortcuts: '?',
  selectAll: `${CONTROL}A`,
  settings: `${CONTROL},`,
  sidebar: `${CONTROL}B`,
} as const
type ShortcutName = keyof typeof texts

const isShortcutName = (name: string): name is ShortcutName => Object.hasOwn(texts, name)

/** What to print on a key cap for a command, or for a key that is the same everywhere. */
export function keyText(nameOrKey: string): string {
  return isShortcutName(nameOrKey) ? texts[nameOrKey] : nameOrKey
}

/** What to print on a key cap for this command. */
export function shortcutText(name: ShortcutName): string {
  return texts[name]
}
