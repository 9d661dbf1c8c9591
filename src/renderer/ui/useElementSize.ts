import { type RefObject, useLayoutEffect, useState } from 'react'

/** Inner size of an element without its scroll bar, and the scroll bar's width, in CSS pixels. */
export interface ElementSize {
  readonly width: number
  readonly height: number
  /** 0 where scroll bars lie over the content. */
  readonly scrollBar: number
}

/** The size of an element as it changes; zero until it is in the page. */
export function useElementSize(element: RefObject<HTMLElement | null>): ElementSize {
  const [size, setSize] = useState({ width: 0, height: 0, scrollBar: 0 })
  useLayoutEffect(() => {
    const target = element.current
    if (!target) return
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = target
      const scrollBar = target.offsetWidth - width
      setSize((old) =>
        old.width === width && old.height === height && old.scrollBar === scrollBar
          ? old
          : { width, height, scrollBar },
      )
    }
    const observer = new ResizeObserver(measure)
    observer.observe(target)
    measure()
    return () => observer.disconnect()
  }, [element])
  return size
}
