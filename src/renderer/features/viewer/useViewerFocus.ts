import { type KeyboardEvent, type RefObject, useEffect } from 'react'
import { setSelection } from '../../state/selection.ts'
import { selectOnly } from '../../state/selectRows.ts'

/**
 * Takes the keyboard while the viewer is open and gives it back to whoever had it. What was looked at last is then
 * selected, if it is another asset than the one the viewer was opened on.
 */
export function useViewerFocus(element: RefObject<HTMLElement | null>, rowId: RefObject<number>): void {
  useEffect(() => {
    const before = document.activeElement
    const opened = rowId.current
    element.current?.focus({ preventScroll: true })
    return () => {
      if (rowId.current !== opened) setSelection(selectOnly(rowId.current))
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [element, rowId])
}

/** Keeps the Tab key inside of the viewer. */
export function keepTabInside(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Tab') return
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('button, video, audio, a[href], input')].filter(
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
