/** This near to an edge, what can be scrolled moves under what is dragged (CSS pixels). */
const EDGE = 36

/** Whether a pointer that is held down has left the window of this size. */
export function isOutside(
  { clientX, clientY }: { readonly clientX: number; readonly clientY: number },
  { width, height }: { readonly width: number; readonly height: number },
): boolean {
  return clientX < 0 || clientY < 0 || clientX >= width || clientY >= height
}

/** How far to scroll in one frame while something is held at `y`: the faster the nearer to the edge, 0 away from edges. */
export function scrollSpeed(y: number, { top, bottom }: { readonly top: number; readonly bottom: number }): number {
  const above = top + EDGE - y
  const below = y - (bottom - EDGE)
  const within = (distance: number) => Math.min(distance, EDGE)
  // What is lower than two edges has no middle to hold something still.
  if (bottom - top < 3 * EDGE) return 0
  if (above > 0) return -within(above) / 2
  return below > 0 ? within(below) / 2 : 0
}
