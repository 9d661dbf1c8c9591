import { type RefObject, useEffect, useState } from 'react'

/** Rest of the pointer after which a full screen shows nothing but the picture, milliseconds. */
const REST_MS = 2_000

/** Fills the screen with an element, or ends that. Where the system refuses, everything stays as it is. */
export function toggleFullScreen(element: HTMLElement | null): void {
  const done = document.fullscreenElement === null ? element?.requestFullscreen() : document.exitFullscreen()
  done?.catch((reason: unknown) => console.warn('The screen could not be filled', reason))
}

export interface FullScreen {
  readonly on: boolean
  /** The pointer has not moved for a while: what lies over the picture is in the way. */
  readonly resting: boolean
}

/** Whether the element fills the screen. The screen is given back when the element goes. */
export function useFullScreen(element: RefObject<HTMLElement | null>): FullScreen {
  const [on, setOn] = useState(false)
  const [resting, setResting] = useState(false)
  useEffect(() => {
    const look = () => setOn(document.fullscreenElement !== null && document.fullscreenElement === element.current)
    document.addEventListener('fullscreenchange', look)
    return () => {
      document.removeEventListener('fullscreenchange', look)
      // Already given back when a person was quicker.
      if (document.fullscreenElement !== null) document.exitFullscreen().catch(() => {})
    }
  }, [element])
  useEffect(() => {
    if (!on) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const wake = () => {
      clearTimeout(timer)
      setResting(false)
      timer = setTimeout(() => setResting(true), REST_MS)
    }
    wake()
    window.addEventListener('pointermove', wake)
    return () => {
      clearTimeout(timer)
      setResting(false)
      window.removeEventListener('pointermove', wake)
    }
  }, [on])
  return { on, resting }
}
