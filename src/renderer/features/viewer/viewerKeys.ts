/** What a key means in the viewer. */
export type ViewerCommand =
  | { readonly kind: 'close' }
  | { readonly kind: 'next' }
  | { readonly kind: 'previous' }
  | { readonly kind: 'first' }
  | { readonly kind: 'last' }
  | { readonly kind: 'zoom-in' }
  | { readonly kind: 'zoom-out' }
  | { readonly kind: 'fit' }
  | { readonly kind: 'actual-size' }
  | { readonly kind: 'pan'; readonly x: -1 | 0 | 1; readonly y: -1 | 0 | 1 }
  | { readonly kind: 'rotate'; readonly turns: 1 | -1 }
  | { readonly kind: 'background' }
  | { readonly kind: 'info' }
  | { readonly kind: 'favorite' }
  | { readonly kind: 'rate'; readonly rating: number }
  | { readonly kind: 'keep' }
  | { readonly kind: 'discard' }
  | { readonly kind: 'undo' }
  | { readonly kind: 'play' }
  | { readonly kind: 'mute' }
  | { readonly kind: 'frame'; readonly step: 1 | -1 }

export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

const PLAIN: Readonly<Record<string, ViewerCommand>> = {
  Escape: { kind: 'close' },
  ' ': { kind: 'close' },
  Enter: { kind: 'close' },
  ArrowRight: { kind: 'next' },
  ArrowDown: { kind: 'next' },
  PageDown: { kind: 'next' },
  ArrowLeft: { kind: 'previous' },
  ArrowUp: { kind: 'previous' },
  PageUp: { kind: 'previous' },
  Home: { kind: 'first' },
  End: { kind: 'last' },
  '+': { kind: 'zoom-in' },
  '=': { kind: 'zoom-in' },
  '-': { kind: 'zoom-out' },
  _: { kind: 'zoom-out' },
  r: { kind: 'rotate', turns: 1 },
  b: { kind: 'background' },
  i: { kind: 'info' },
  f: { kind: 'favorite' },
  k: { kind: 'keep' },
  x: { kind: 'discard' },
  z: { kind: 'undo' },
  p: { kind: 'play' },
  m: { kind: 'mute' },
  ',': { kind: 'frame', step: -1 },
  '.': { kind: 'frame', step: 1 },
}

const WITH_SHIFT: Readonly<Record<string, ViewerCommand>> = {
  ArrowRight: { kind: 'pan', x: 1, y: 0 },
  ArrowLeft: { kind: 'pan', x: -1, y: 0 },
  ArrowDown: { kind: 'pan', x: 0, y: 1 },
  ArrowUp: { kind: 'pan', x: 0, y: -1 },
  r: { kind: 'rotate', turns: -1 },
}

const WITH_COMMAND: Readonly<Record<string, ViewerCommand>> = {
  z: { kind: 'undo' },
  '+': { kind: 'zoom-in' },
  '=': { kind: 'zoom-in' },
  '-': { kind: 'zoom-out' },
  '0': { kind: 'fit' },
  '1': { kind: 'actual-size' },
}

/**
 * The meaning of a key, or null when it has none. Digits rate, as they do in the grid; with Ctrl or Cmd, 0 fits and
 * 1 shows actual size, as in browsers and image editors.
 */
export function viewerCommand(press: KeyPress): ViewerCommand | null {
  if (press.altKey) return null
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key
  if (press.ctrlKey || press.metaKey) return press.shiftKey && key === 'z' ? null : (WITH_COMMAND[key] ?? null)
  if (press.shiftKey && WITH_SHIFT[key] !== undefined) return WITH_SHIFT[key]
  if (/^[0-5]$/.test(key)) return { kind: 'rate', rating: Number(key) }
  return PLAIN[key] ?? null
}
