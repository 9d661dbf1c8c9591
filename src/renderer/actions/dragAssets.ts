import type { PointerEvent as ReactPointerEvent } from 'react'
import { ASSET_DRAG_TYPE, endAssetDrag, startAssetDrag } from '../state/assetDrag.ts'
import type { RowIds } from '../state/rowSet.ts'
import { grid } from '../strings/grid.ts'
import { carryOut, prepareCarrying } from './carryOut.ts'
import { isOutside, scrollSpeed } from './dragPlace.ts'

/** Smaller movements are a click (CSS pixels). */
const SLACK = 4

type Point = Pick<PointerEvent, 'clientX' | 'clientY' | 'shiftKey' | 'ctrlKey'>

/** For what shows one asset, or several: a press with the main button may become a drag of them. */
export function draggable(rowIds: number | RowIds): { readonly onPointerDown: (press: ReactPointerEvent) => void } {
  const take = () => (typeof rowIds === 'number' ? Int32Array.of(rowIds) : rowIds.slice())
  return { onPointerDown: (press) => press.button === 0 && dragAssets(press, take) }
}

/**
 * Watches a press on assets until it is released, and makes a drag of it when the pointer moves away. Within the window the
 * page itself carries them: what they are held over gets the events of a drag, as from the browser. Once the pointer leaves the
 * window, the system carries copies of their files. A drag of the browser's own could not become one of the system.
 *
 * @param take makes what is pressed on part of the selection; gives what is to be dragged
 */
export function dragAssets(press: ReactPointerEvent, take: () => RowIds): void {
  if (press.pointerType === 'touch') return
  const { currentTarget: holder, pointerId, clientX, clientY } = press
  const listeners = new AbortController()
  const { signal } = listeners
  let drag: Drag | null = null
  const stop = (dropped: Point | null) => {
    listeners.abort()
    drag?.end(dropped)
  }
  const move = (event: PointerEvent) => {
    if (event.pointerId !== pointerId) return
    // Released where the window could not hear of it.
    if ((event.buttons & 1) === 0) return stop(null)
    if (drag === null) {
      if (Math.hypot(event.clientX - clientX, event.clientY - clientY) < SLACK) return
      if (holder.isConnected) holder.setPointerCapture(pointerId)
      swallowClick()
      drag = startDrag(take(), () => stop(null))
    }
    drag.move(event)
  }
  window.addEventListener('pointermove', move, { signal })
  window.addEventListener('pointerup', (event) => event.pointerId === pointerId && stop(event), { signal })
  window.addEventListener('pointercancel', (event) => event.pointerId === pointerId && stop(null), { signal })
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || drag === null) return
      event.preventDefault()
      event.stopImmediatePropagation()
      stop(null)
    },
    { signal, capture: true },
  )
}

/** A browser makes a click of a press that ends where it began; what was dragged is not what somebody meant to open. */
function swallowClick(): void {
  const listeners = new AbortController()
  const { signal } = listeners
  const end = () => listeners.abort()
  const swallow = (event: MouseEvent) => {
    event.preventDefault()
    event.stopPropagation()
  }
  window.addEventListener('click', swallow, { signal, capture: true })
  // The click comes right after the release, before anything that waits its turn. A drag that the system ends has none.
  window.addEventListener('pointerup', () => setTimeout(end), { signal, capture: true })
  window.addEventListener('pointerdown', end, { signal, capture: true })
}

interface Drag {
  move(point: Point): void
  /** @param dropped where it was let go; null when it was given up */
  end(dropped: Point | null): void
}

/** @param letGo called when the system has taken the drag over */
function startDrag(rowIds: RowIds, letGo: () => void): Drag {
  const root = document.documentElement
  const label = document.createElement('div')
  const data = new DataTransfer()
  data.setData(ASSET_DRAG_TYPE, String(rowIds.length))
  let at: Point | null = null
  let over: Element | null = null
  let taken = false
  let frame = 0
  let ended = false
  let ready: ReturnType<typeof prepareCarrying> | null = null

  startAssetDrag(rowIds)
  label.textContent = grid.dragging(rowIds.length)
  label.dataset.dragLabel = ''
  document.body.append(label)

  /** @returns whether whoever got the event took it upon themselves */
  const send = (type: string, target: Element, point: Point, relatedTarget: Element | null = null) => {
    const { clientX, clientY, shiftKey, ctrlKey } = point
    const where = { clientX, clientY, shiftKey, ctrlKey, relatedTarget }
    return !target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data, ...where }))
  }
  const enter = (next: Element | null, point: Point) => {
    if (next === over) return
    const before = over
    over = next
    if (next !== null) send('dragenter', next, point, before)
    if (before !== null) send('dragleave', before, point, next)
  }
  const hold = (point: Point) => {
    enter(document.elementFromPoint(point.clientX, point.clientY), point)
    taken = over !== null && send('dragover', over, point)
    root.dataset.assetDrag = taken ? 'taken' : 'held'
  }
  const scroll = () => {
    if (at !== null && over !== null && scrollUnder(over, at.clientY)) hold(at)
    frame = requestAnimationFrame(scroll)
  }
  const leave = (point: Point) => {
    enter(null, point)
    taken = false
    ready ??= prepareCarrying(rowIds)
    void ready.then((files) => {
      if (ended || at !== null || files === null) return
      ended = true
      letGo()
      tidy()
      void carryOut(files)
    })
  }
  const tidy = () => {
    cancelAnimationFrame(frame)
    label.remove()
    delete root.dataset.assetDrag
  }
  frame = requestAnimationFrame(scroll)

  return {
    move(point) {
      const outside = isOutside(point, { width: window.innerWidth, height: window.innerHeight })
      at = outside ? null : point
      label.hidden = outside
      label.style.transform = `translate(${point.clientX + 12}px, ${point.clientY + 8}px)`
      if (outside) leave(point)
      else hold(point)
    },
    end(dropped) {
      if (ended) return
      ended = true
      tidy()
      const target = over
      over = null
      if (target !== null && dropped !== null && taken) send('drop', target, dropped)
      else if (target !== null)
        send('dragleave', target, dropped ?? { clientX: 0, clientY: 0, shiftKey: false, ctrlKey: false })
      endAssetDrag()
    },
  }
}

/** Scrolls what is under the pointer when that is near an edge of it. @returns whether anything moved */
function scrollUnder(element: Element, y: number): boolean {
  for (let one: Element | null = element; one !== null; one = one.parentElement) {
    if (one.scrollHeight <= one.clientHeight) continue
    const { overflowY } = getComputedStyle(one)
    if (overflowY !== 'auto' && overflowY !== 'scroll') continue
    const { top, bottom } = one.getBoundingClientRect()
    const before = one.scrollTop
    one.scrollTop += scrollSpeed(y, { top, bottom })
    return one.scrollTop !== before
  }
  return false
}
