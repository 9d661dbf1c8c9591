import { create } from 'zustand'

/** How films and sounds are played. Stays from one to the next and, but for the speed, from one start to the next. */
export interface Playback {
  /** 0 to 1. */
  readonly volume: number
  readonly muted: boolean
  readonly loop: boolean
  /** 1 is as it was recorded. */
  readonly speed: number
}

export const usePlayback = create<Playback>()(() => ({ volume: 1, muted: false, loop: false, speed: 1 }))

/** The speeds that can be chosen. */
export const SPEEDS: readonly number[] = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2]

/** The speed one step slower or faster. */
export function speedAfter(speed: number, step: 1 | -1): number {
  const next = step > 0 ? SPEEDS.find((one) => one > speed) : SPEEDS.findLast((one) => one < speed)
  return next ?? speed
}

/** Sets the loudness, 0 to 1; who turns it up wants to hear it. */
export function setVolume(volume: number): void {
  const bounded = Math.min(1, Math.max(0, volume))
  usePlayback.setState({ volume: bounded, muted: bounded === 0 })
}
