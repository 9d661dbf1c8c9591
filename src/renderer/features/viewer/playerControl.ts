/** What keys do to what is played. */
export interface PlayerControl {
  togglePlay(): void
  /** Pauses and goes one frame on or back. */
  stepFrame(step: 1 | -1): void
  /** Seconds forwards, or backwards when negative. */
  seek(seconds: number): void
}

/** Taken where a film does not say its rate; sounds have no frames, and this is a fine step. */
const USUAL_RATE = 30

type Media = Pick<HTMLMediaElement, 'currentTime' | 'duration' | 'paused' | 'play' | 'pause'>

/** Moves a film or a sound that is in the page. @param frameRate frames a second, null if nobody knows */
export function playerControl(element: { readonly current: Media | null }, frameRate: number | null): PlayerControl {
  return {
    togglePlay() {
      const media = element.current
      if (media === null) return
      // What can't be played says so by its own error event.
      if (media.paused) media.play().catch(() => media.pause())
      else media.pause()
    },
    stepFrame(step) {
      const media = element.current
      if (media === null) return
      media.pause()
      media.currentTime = bounded(media, timeOfFrame(media.currentTime, step, frameRate ?? USUAL_RATE))
    },
    seek(seconds) {
      const media = element.current
      if (media !== null) media.currentTime = bounded(media, media.currentTime + seconds)
    },
  }
}

/**
 * The middle of the next or previous frame: its beginning may, by rounding, still belong to the frame before.
 * @param at seconds
 */
export function timeOfFrame(at: number, step: 1 | -1, frameRate: number): number {
  const frame = Math.floor(at * frameRate + 1e-6)
  return Math.max(0, (frame + step + 0.5) / frameRate)
}

function bounded({ duration }: Media, seconds: number): number {
  return Math.max(0, Number.isFinite(duration) ? Math.min(duration, seconds) : seconds)
}
