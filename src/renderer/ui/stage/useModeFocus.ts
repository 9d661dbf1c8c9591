import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react'

/**
 * Gives the keyboard to a mode that covers the window while it is open, and then back to whoever had it.
 * @param onLeave called first when it closes
 */
export function useModeFocus(element: RefObject<HTMLElement | null>, onLeave: () => void): void {
  const leave = useRef(onLeave)
  useEffect(() => {
    leave.current = onLeave
  })
  useEffect(() => {
    const before = document.activeElement
    element.current?.focus({ preventScroll: true })
    return () => {
      leave.current()
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [element])
}

/** What can have the keyboard inside of a mode. */
const STOPS = 'button, video, audio, a[href], input, textarea, select, [tabindex]'

/**
 * For the keydown of a mode: keeps Tab inside of it, and leaves Space and Enter to the control that has the keyboard,
 * which they press as they do everywhere. All other keys go on to the commands of the mode.
 */
export function keepKeysInside(event: KeyboardEvent<HTMLElement>): void {
  if (event.key === 'Tab') keepTabInside(event)
  else if (isPress(event)) event.stopPropagation()
}

function keepTabInside(event: KeyboardEvent<HTMLElement>): void {
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>(STOPS)].filter(
    (stop) => stop.tabIndex >= 0 && !stop.hasAttribute('disabled') && stop.getClientRects().length > 0,
  )
  const first = stops.at(0)
  const last = stops.at(-1)
  const active = document.activeElement
  const leaves = event.shiftKey ? active === first || active === event.currentTarget : active === last
  if (!leaves || first === undefined || last === undefined) return
  event.preventDefault()
  ;(event.shiftKey ? last : first).focus()
}

/** A press on a button leaves the keyboard where it is, so that keys go on meaning what they mean in the mode. */
export function leaveKeyboard(event: { readonly target: EventTarget | null; preventDefault(): void }): void {
  if (event.target instanceof Element && event.target.closest('button') !== null) event.preventDefault()
}

function isPress(event: KeyboardEvent<HTMLElement>): boolean {
  return (
    (event.key === ' ' || event.key === 'Enter') &&
    event.target instanceof HTMLElement &&
    event.target.closest('button, video, audio, input, textarea, select') !== null
  )
}
