import type { Command } from './commands.ts'

/** The part of a keyboard event that decides what it means. */
export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

export type KeyMeaning = { readonly command: Command } | { readonly rating: number } | null

const plain = new Map<string, Command>(
  Object.entries<Command>({
    k: 'keep',
    x: 'discard',
    f: 'favorite',
    c: 'collect',
    i: 'toggle-inspector',
    l: 'keep-longer',
    delete: 'trash',
    '/': 'find',
    '?': 'shortcuts',
  }),
)

const withControl = new Map<string, Command>(
  Object.entries<Command>({
    z: 'undo',
    y: 'redo',
    i: 'import',
    n: 'new-collection',
    f: 'find',
    b: 'toggle-sidebar',
    a: 'select-all',
    ',': 'settings',
    1: 'view-workspace',
    2: 'view-library',
    3: 'view-requests',
  }),
)

/**
 * What a key means outside of text fields. Ctrl and Cmd are the same, so that a keyboard works on any system.
 * @param mac there, Backspace is what Delete is elsewhere
 */
export function meaningOf(press: KeyPress, mac: boolean): KeyMeaning {
  if (press.altKey) return null
  const key = press.key.toLowerCase()
  if (press.ctrlKey || press.metaKey) {
    if (press.shiftKey) return key === 'z' ? { command: 'redo' } : null
    if (mac && key === 'backspace') return { command: 'trash' }
    const command = withControl.get(key)
    return command === undefined ? null : { command }
  }
  if (/^[0-5]$/.test(key)) return { rating: Number(key) }
  if (press.shiftKey && key === 'delete') return { command: 'remove-for-good' }
  // "?" and "/" need Shift on many keyboards; letters with Shift mean something else.
  if (press.shiftKey && key !== '?' && key !== '/') return null
  if (mac && key === 'backspace') return { command: 'trash' }
  const command = plain.get(key)
  return command === undefined ? null : { command }
}
