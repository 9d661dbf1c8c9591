/** The part of a keyboard event that decides what it means. */
export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

const isMac = /mac/i.test(globalThis.navigator?.platform ?? '')

/** Keys that only change others, and those of an input method. */
const NOT_A_KEY = new Set([
  'Shift',
  'Control',
  'Alt',
  'AltGraph',
  'Meta',
  'CapsLock',
  'NumLock',
  'Dead',
  'Process',
  'Unidentified',
])
const NAMES: ReadonlyMap<string, string> = new Map([
  [' ', 'Space'],
  ['+', 'Plus'],
])

/**
 * The chord of a key press, such as `K`, `?`, `Delete`, `Mod+Shift+Z` or `Alt+ArrowLeft`. Ctrl and Cmd are both `Mod`, so
 * that a keyboard works on any system; Shift counts for letters and named keys only, as signs stand elsewhere on every
 * keyboard. On a Mac Backspace is what Delete is elsewhere.
 * @returns null for what is no chord: a modifier alone, or a character typed with AltGr
 */
export function chordOf(press: KeyPress, mac: boolean = isMac): string | null {
  if (NOT_A_KEY.has(press.key) || press.key === '') return null
  const mod = press.ctrlKey || press.metaKey
  if (press.ctrlKey && press.altKey) return null
  const named = [...press.key].length > 1
  const key =
    mac && press.key === 'Backspace'
      ? 'Delete'
      : (NAMES.get(press.key) ?? (named ? press.key : press.key.toUpperCase()))
  const shift = press.shiftKey && (named || key === 'Space' || /^\p{L}$/u.test(key))
  return [...(mod ? ['Mod'] : []), ...(press.altKey ? ['Alt'] : []), ...(shift ? ['Shift'] : []), key].join('+')
}

/** Whether a chord can't be meant as text. */
export function hasModifier(chord: string): boolean {
  return chord.startsWith('Mod+')
}

const KEY_CAPS: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
  Plus: '+',
  Enter: '↵',
}

/** How a chord is written on the keys of this platform. */
export function chordText(chord: string, mac: boolean = isMac): string {
  return chord
    .split('+')
    .map((part) => {
      if (part === 'Mod') return mac ? '⌘' : 'Ctrl '
      if (part === 'Shift') return mac ? '⇧' : 'Shift '
      if (part === 'Alt') return mac ? '⌥' : 'Alt '
      if (part === 'Delete') return mac ? '⌫' : 'Del'
      return KEY_CAPS[part] ?? part
    })
    .join('')
}
