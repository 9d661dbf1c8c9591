/** Parts of the window that a command can send the keyboard to. */
export type FocusTarget = 'search' | 'grid'

const listeners = new Map<FocusTarget, () => void>()

/** Sends the keyboard to a part, if it is on screen. */
export function requestFocus(target: FocusTarget): void {
  listeners.get(target)?.()
}

/** How a part takes the keyboard, until the returned function is called. */
export function onFocusRequest(target: FocusTarget, take: () => void): () => void {
  listeners.set(target, take)
  return () => {
    if (listeners.get(target) === take) listeners.delete(target)
  }
}
