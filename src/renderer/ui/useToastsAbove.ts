import { type RefObject, useEffect } from 'react'

/**
 * Keeps toasts above an element at the foot of the window while it is there.
 * @param above what stands above it and is to stay free as well, CSS pixels
 */
export function useToastsAbove(element: RefObject<HTMLElement | null>, above = 0): void {
  useEffect(() => {
    const target = element.current
    if (target === null) return
    const { style } = document.documentElement
    const observer = new ResizeObserver(() =>
      style.setProperty('--toast-bottom', `${target.offsetHeight + above + 12}px`),
    )
    observer.observe(target)
    return () => {
      observer.disconnect()
      style.removeProperty('--toast-bottom')
    }
  }, [element, above])
}
