import { type PointerEvent, type RefObject, useEffect, useRef } from 'react'
import { type Point, wheelFactor } from './viewport.ts'

/** What gestures do to a picture. Points are measured from the middle of the stage, in CSS pixels. */
export interface GestureTarget {
  /** True while the whole picture is visible: there is nothing to pan. */
  readonly fits: boolean
  fit(): void
  actualSize(pointer?: Point): void
  scale(factor: number, pointer: Point): void
  pan(by: Point): void
}

/**
 * Wheel and pinch zoom at the pointer, dragging pans, a double click switches between fit and 100 %.
 * @param onHold a press on a picture that is wholly visible: there is nothing to pan, so it may become something else
 */
export function useStageGestures(
  element: RefObject<HTMLElement | null>,
  control: GestureTarget,
  onHold: (press: PointerEvent) => void,
) {
  const latest = useRef(control)
  useEffect(() => {
    latest.current = control
  })

  // React listens to wheels passively, and a passive listener can't keep Chromium from zooming the page on a pinch.
  useEffect(() => {
    const target = element.current
    if (target === null) return
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      latest.current.scale(wheelFactor(event), fromMiddle(target, event))
    }
    target.addEventListener('wheel', onWheel, { passive: false })
    return () => target.removeEventListener('wheel', onWheel)
  }, [element])

  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (latest.current.fits) onHold(event)
      else if (event.button === 0) event.currentTarget.setPointerCapture(event.pointerId)
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (!latest.current.fits && event.currentTarget.hasPointerCapture(event.pointerId)) {
        latest.current.pan({ x: event.movementX, y: event.movementY })
      }
    },
    onDoubleClick: (event: { readonly clientX: number; readonly clientY: number }) => {
      if (element.current === null) return
      if (latest.current.fits) latest.current.actualSize(fromMiddle(element.current, event))
      else latest.current.fit()
    },
  }
}

function fromMiddle(target: HTMLElement, event: { readonly clientX: number; readonly clientY: number }): Point {
  const box = target.getBoundingClientRect()
  return { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 }
}
