import { useRef } from 'react'

/** What lies over the window and takes the keyboard for a while. */
const OVER = '[role="dialog"], [role="menu"]'

/** Who had the keyboard last of all that lies under everything else. */
let under: HTMLElement | null = null

/** Follows who has the keyboard, from now until the window closes. */
export function followFocus(): void {
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement && target.closest(OVER) === null) under = target
  })
}

/**
 * Gives the keyboard back, when a dialog has closed, to whoever had it. A dialog that another one has opened (the palette, say)
 * gives it to whoever had it before both.
 * @returns for `onOpenAutoFocus`, before that moves it, and `onCloseAutoFocus`
 */
export function useReturnFocus(): { readonly remember: () => void; readonly giveBack: (event: Event) => void } {
  const before = useRef<Element | null>(null)
  return {
    remember() {
      before.current = document.activeElement
    },
    giveBack(event) {
      event.preventDefault()
      const { activeElement } = document
      const isTaken = activeElement !== null && activeElement !== event.target && activeElement.closest(OVER) !== null
      if (isTaken) return
      const to = canHave(before.current) ? before.current : under
      if (canHave(to)) to.focus({ preventScroll: true })
    },
  }
}

function canHave(element: Element | null): element is HTMLElement {
  return element instanceof HTMLElement && element.isConnected && element !== document.body
}
