/** What takes longer to paint than this would hold the next letter up (milliseconds). */
const SLOW_PAINT_MS = 40
/** A pause between two letters, in milliseconds, until one was seen; and between which ones they count as typing. */
const USUAL_MS = 200
const SHORTEST_MS = 100
const LONGEST_MS = 300
/** Results and their pictures are painted within this, milliseconds. */
const PAINTED_MS = 300
/** The next letter of somebody who types evenly has come by then. */
const LEEWAY = 1.3

/** What is known of somebody who types, and of how fast this machine paints. Times are those of `performance.now()`. */
export interface TypingPace {
  readonly lastKey: number
  /** Between letters, milliseconds. */
  readonly interval: number
  /** The longest frame while other results were painted, milliseconds. */
  readonly paint: number
}

export const restingPace: TypingPace = { lastKey: Number.NEGATIVE_INFINITY, interval: USUAL_MS, paint: 0 }

/** The pace after another letter. Longer pauses than anybody types with are not part of it. */
export function afterKey(pace: TypingPace, now: number): TypingPace {
  const since = now - pace.lastKey
  if (since > LONGEST_MS * 2) return { ...pace, lastKey: now, interval: USUAL_MS }
  return { ...pace, lastKey: now, interval: (pace.interval + since) / 2 }
}

/** The pace after results were painted, with a longest frame of so many milliseconds. What was slow once soon is again. */
export function afterPaint(pace: TypingPace, milliseconds: number): TypingPace {
  return { ...pace, paint: Math.max(milliseconds, pace.paint * 0.8 + milliseconds * 0.2) }
}

/**
 * Until when other results had better not be shown: painting them would hold the letter up that is about to come. Where
 * painting is quick this is never.
 */
export function restsAt({ lastKey, interval, paint }: TypingPace): number {
  if (paint < SLOW_PAINT_MS) return Number.NEGATIVE_INFINITY
  return lastKey + Math.min(LONGEST_MS, Math.max(SHORTEST_MS, interval * LEEWAY))
}

let pace = restingPace
let release: (() => void) | null = null
let timer: ReturnType<typeof setTimeout> | undefined

/** A letter was typed into the search field. */
export function keyTyped(): void {
  pace = afterKey(pace, performance.now())
}

/** Other results are about to be shown: for how long do frames stand still until they and their pictures are? */
export function paintBegins(): void {
  const began = performance.now()
  let [last, longest] = [began, 0]
  const look = (): void => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
    if (now - began < PAINTED_MS) requestAnimationFrame(look)
    else pace = afterPaint(pace, longest)
  }
  requestAnimationFrame(look)
}

export function isTyping(): boolean {
  return performance.now() < restsAt(pace)
}

/** Resolves when results may be shown, or `stopWaiting` is called. */
export async function whenTypingRests(): Promise<void> {
  for (let wait = restsAt(pace) - performance.now(); wait > 0; wait = restsAt(pace) - performance.now()) {
    const stopped = await new Promise<boolean>((resolve) => {
      release = () => resolve(true)
      timer = setTimeout(() => resolve(false), wait)
    })
    clearTimeout(timer)
    release = null
    if (stopped) return
  }
}

/** What is waited with is not wanted any more. */
export function stopWaiting(): void {
  release?.()
}
