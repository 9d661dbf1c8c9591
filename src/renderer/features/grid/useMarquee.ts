import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { assetsOfRows, useShown } from '../../queries/shown.ts'
import { RowSet } from '../../state/rowSet.ts'
import { setSelection, useSelection } from '../../state/selection.ts'
import { type GridLayout, indexesTouching, type Place } from './gridLayout.ts'
import { GRID_PADDING, type GridScroll } from './useGridScroll.ts'

/** This near to an edge the content moves under the pointer. */
const EDGE = 36
/** Smaller movements are a click. */
const SLACK = 4

interface Drag {
  /** Where it began, from the top left of the content. */
  readonly x: number
  readonly y: number
  readonly base: RowSet
  pointerX: number
  pointerY: number
  started: boolean
}

/**
 * Selects with a rectangle that is drawn from a gap between the cells, scrolling at the edges.
 * @returns the rectangle in the coordinates of the content, null while there is none, and the handlers
 */
export function useMarquee(scroller: RefObject<HTMLDivElement | null>, layout: GridLayout, scroll: GridScroll) {
  const [rect, setRect] = useState<Place | null>(null)
  const drag = useRef<Drag | null>(null)
  const frame = useRef(0)
  const latest = useRef({ layout, scroll })
  useEffect(() => {
    latest.current = { layout, scroll }
  })
  useEffect(() => () => cancelAnimationFrame(frame.current), [])

  const pointIn = (clientX: number, clientY: number) => {
    const box = scroller.current?.getBoundingClientRect()
    return {
      x: clientX - (box?.left ?? 0),
      y: clientY - (box?.top ?? 0) + latest.current.scroll.position.current.content,
    }
  }

  const update = () => {
    const current = drag.current
    if (current === null) return
    const { x, y } = pointIn(current.pointerX, current.pointerY)
    const drawn = {
      x: Math.min(x, current.x),
      y: Math.min(y, current.y),
      width: Math.abs(x - current.x),
      height: Math.abs(y - current.y),
    }
    if (!current.started && Math.max(drawn.width, drawn.height) < SLACK) return
    current.started = true
    setRect(drawn)
    const { rowIds } = useShown.getState()
    const inLayout = { ...drawn, x: drawn.x - GRID_PADDING.side, y: drawn.y - GRID_PADDING.top }
    const touched = indexesTouching(latest.current.layout, inLayout).map((index) => rowIds[index] ?? 0)
    const selected = (current.base.size > 0 ? current.base : RowSet.empty).with(assetsOfRows(touched))
    const focus = touched.at(-1) ?? useSelection.getState().focus
    setSelection({ selected, focus, anchor: touched[0] ?? focus })
  }

  const scrollAtEdge = () => {
    const current = drag.current
    const box = scroller.current?.getBoundingClientRect()
    if (current === null || box === undefined) return
    const above = box.top + EDGE - current.pointerY
    const below = current.pointerY - (box.bottom - EDGE)
    const speed = above > 0 ? -above : below > 0 ? below : 0
    if (speed !== 0 && current.started) {
      latest.current.scroll.scrollBy(speed / 2)
      update()
    }
    frame.current = requestAnimationFrame(scrollAtEdge)
  }

  const end = () => {
    drag.current = null
    cancelAnimationFrame(frame.current)
    setRect(null)
  }

  return {
    rect,
    /** Call for a press on no cell. `keep` adds to what is selected. */
    begin: (event: PointerEvent, keep: boolean) => {
      const { selected, focus } = useSelection.getState()
      const base = keep ? selected : RowSet.empty
      drag.current = {
        ...pointIn(event.clientX, event.clientY),
        base,
        pointerX: event.clientX,
        pointerY: event.clientY,
        started: false,
      }
      if (!keep) setSelection({ selected: base, focus, anchor: focus })
      event.currentTarget.setPointerCapture(event.pointerId)
      frame.current = requestAnimationFrame(scrollAtEdge)
    },
    move: (event: PointerEvent) => {
      if (drag.current === null) return
      drag.current.pointerX = event.clientX
      drag.current.pointerY = event.clientY
      update()
    },
    end,
  }
}
