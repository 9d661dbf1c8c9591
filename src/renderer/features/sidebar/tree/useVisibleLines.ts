import { type RefObject, useCallback, useLayoutEffect, useState } from 'react'
import { useDensity } from '../../../state/density.ts'

/** Lines beyond the edges, and the steps in which the range moves. */
const MARGIN = 12

export interface VisibleLines {
  readonly first: number
  /** Behind the last. */
  readonly end: number
  /** Scrolls as little as needed to show a line. */
  reveal(line: number): void
}

/** Which of many equal lines are in sight in the scrolling part around them, so that only these are in the page. */
export function useVisibleLines(list: RefObject<HTMLElement | null>, count: number): VisibleLines {
  const lineHeight = useDensity((density) => density.line)
  const [range, setRange] = useState({ first: 0, end: Math.min(count, 60) })

  const measure = useCallback(() => {
    const element = list.current
    const scroller = element?.closest<HTMLElement>('[data-scroller]')
    if (!element || !scroller) return
    const above = scroller.getBoundingClientRect().top - element.getBoundingClientRect().top
    const first = steps(Math.floor(above / lineHeight)) - MARGIN
    const end = steps(Math.ceil((above + scroller.clientHeight) / lineHeight)) + 2 * MARGIN
    const next = { first: Math.max(0, Math.min(first, count)), end: Math.max(0, Math.min(end, count)) }
    setRange((now) => (now.first === next.first && now.end === next.end ? now : next))
  }, [list, count, lineHeight])

  // After every render: what is above may have grown.
  useLayoutEffect(measure)
  useLayoutEffect(() => {
    const scroller = list.current?.closest<HTMLElement>('[data-scroller]')
    if (!scroller) return
    const observer = new ResizeObserver(measure)
    observer.observe(scroller)
    for (const child of scroller.children) observer.observe(child)
    scroller.addEventListener('scroll', measure, { passive: true })
    return () => {
      observer.disconnect()
      scroller.removeEventListener('scroll', measure)
    }
  }, [list, measure])

  const reveal = useCallback(
    (line: number) => {
      const element = list.current
      const scroller = element?.closest<HTMLElement>('[data-scroller]')
      if (!element || !scroller) return
      const box = scroller.getBoundingClientRect()
      const top = element.getBoundingClientRect().top - box.top + line * lineHeight
      if (top < 0) scroller.scrollTop += top
      else if (top + lineHeight > scroller.clientHeight) {
        scroller.scrollTop += top + lineHeight - scroller.clientHeight
      }
    },
    [list, lineHeight],
  )
  return { ...range, reveal }
}

function steps(line: number): number {
  return Math.floor(line / MARGIN) * MARGIN
}
