import { useAssetDrag } from './assetDrag.ts'

/** A press that nobody saw the end of holds nothing up for longer than this (milliseconds). */
const LONGEST_PRESS_MS = 10_000

let pressed = false
let waiting: (() => void)[] = []
let limit: ReturnType<typeof setTimeout> | undefined

useAssetDrag.subscribe(settle)

/** The mouse went down on something that may be dragged, or came up again. */
export function setPressed(now: boolean): void {
  pressed = now
  clearTimeout(limit)
  if (now) limit = setTimeout(() => setPressed(false), LONGEST_PRESS_MS)
  else settle()
}

/**
 * Resolves while nothing in the window is held or dragged, at once or when it is let go: what is under the pointer, and what
 * something may be dropped on, must not move away meanwhile.
 */
export function whenSteady(): Promise<void> {
  return isHeld() ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve()
}

function isHeld(): boolean {
  return pressed || useAssetDrag.getState().rowIds !== null
}

function settle(): void {
  if (isHeld()) return
  const released = waiting
  waiting = []
  for (const resolve of released) resolve()
}
