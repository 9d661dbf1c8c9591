/** Distance from one picture of the filmstrip to the next, CSS pixels; the same number is in Filmstrip.module.css. */
export const FILMSTRIP_STEP = 60

/** Pictures drawn beyond each edge, so that a step to the side does not show a gap. */
const SPARE = 4

/**
 * The part of a vector that the filmstrip draws around `current`: the first index and one past the last. Its length
 * depends on the width only, never on how many assets there are.
 */
export function filmstripWindow(current: number, total: number, width: number): { start: number; end: number } {
  const each = Math.ceil(width / 2 / FILMSTRIP_STEP) + SPARE
  return { start: Math.max(0, Math.min(current, total) - each), end: Math.min(total, current + each + 1) }
}
