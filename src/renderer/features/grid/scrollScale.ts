/**
 * Browsers stop at elements of about 33 million pixels, and lose fractions of pixels long before. Content that is
 * higher than this scrolls in a shorter element: its first and last part one to one, what is between compressed. Small
 * movements are always one to one, so only a drag of the scroll bar feels the compression.
 */
export const MAX_ELEMENT_HEIGHT = 6_000_000
/** How much at either end is one to one. */
const EDGE = 200_000

export interface ScrollGeometry {
  /** Of the content as laid out. */
  readonly contentHeight: number
  readonly viewportHeight: number
}

export interface ScrollPosition {
  /** The element's own `scrollTop`. */
  readonly element: number
  /** The same place in the content as laid out. */
  readonly content: number
}

/** The height of the element that scrolls. */
export function elementHeight(geometry: ScrollGeometry): number {
  return Math.min(geometry.contentHeight, MAX_ELEMENT_HEIGHT)
}

/** Where the element stands when the content is at a place. */
export function positionAt(content: number, geometry: ScrollGeometry): ScrollPosition {
  const { contentRange, elementRange } = ranges(geometry)
  const place = Math.min(contentRange, Math.max(0, content))
  if (contentRange === elementRange) return { element: place, content: place }
  if (place <= EDGE) return { element: place, content: place }
  if (place >= contentRange - EDGE) return { element: elementRange - (contentRange - place), content: place }
  const ratio = (elementRange - 2 * EDGE) / (contentRange - 2 * EDGE)
  return { element: EDGE + (place - EDGE) * ratio, content: place }
}

/** Where the content is after the element was scrolled: near its last place one to one, a jump through the scale. */
export function afterScroll(last: ScrollPosition, element: number, geometry: ScrollGeometry): ScrollPosition {
  const { contentRange, elementRange } = ranges(geometry)
  if (contentRange === elementRange) return { element, content: element }
  const moved = element - last.element
  if (Math.abs(moved) <= geometry.viewportHeight * 2) {
    return { element, content: Math.min(contentRange, Math.max(0, last.content + moved)) }
  }
  if (element <= EDGE) return { element, content: Math.max(0, element) }
  if (element >= elementRange - EDGE) return { element, content: contentRange - (elementRange - element) }
  const ratio = (contentRange - 2 * EDGE) / (elementRange - 2 * EDGE)
  return { element, content: EDGE + (element - EDGE) * ratio }
}

function ranges(geometry: ScrollGeometry): { contentRange: number; elementRange: number } {
  return {
    contentRange: Math.max(0, geometry.contentHeight - geometry.viewportHeight),
    elementRange: Math.max(0, elementHeight(geometry) - geometry.viewportHeight),
  }
}
