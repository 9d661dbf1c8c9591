import type { WindowBounds } from './settings.ts'

/** Smallest useful window, in device-independent pixels. */
export const MINIMUM_SIZE = { width: 720, height: 480 } as const
const FIRST_SIZE = { width: 1440, height: 900 } as const
/** How much of the title bar must be on a display for a person to get hold of it. */
const REACHABLE = { width: 100, height: 30 } as const

interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/**
 * Where a window goes: where it was, if enough of it is still on a display; else in the middle of the first one.
 *
 * @param workAreas of all displays, the primary one first.
 */
export function placeWindow(saved: WindowBounds | null, workAreas: readonly Rectangle[]): Rectangle {
  const primary = workAreas[0] ?? { x: 0, y: 0, ...FIRST_SIZE }
  if (saved !== null) {
    const home = workAreas.find((area) => isReachable(saved, area))
    if (home) return { x: saved.x, y: saved.y, ...sizeWithin(saved, home) }
  }
  const size = sizeWithin(saved ?? FIRST_SIZE, primary)
  return {
    x: Math.round(primary.x + Math.max(0, primary.width - size.width) / 2),
    y: Math.round(primary.y + Math.max(0, primary.height - size.height) / 2),
    ...size,
  }
}

function isReachable(window: Rectangle, area: Rectangle): boolean {
  const shared = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x)
  return shared >= REACHABLE.width && window.y >= area.y && window.y <= area.y + area.height - REACHABLE.height
}

function sizeWithin(size: { width: number; height: number }, area: Rectangle): { width: number; height: number } {
  return {
    width: Math.max(MINIMUM_SIZE.width, Math.min(size.width, area.width)),
    height: Math.max(MINIMUM_SIZE.height, Math.min(size.height, area.height)),
  }
}
