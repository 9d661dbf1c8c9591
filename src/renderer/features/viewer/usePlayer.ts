import { type RefObject, useEffect, useState } from 'react'
import { usePlayback } from '../../state/playback.ts'

/** How far what is played is. */
export interface PlayerState {
  readonly playing: boolean
  /** Seconds. */
  readonly at: number
  /** Seconds, null until it is known, or where there is no end. */
  readonly duration: number | null
}

const EVENTS = [
  'play',
  'pause',
  'ended',
  'timeupdate',
  'seeking',
  'seeked',
  'durationchange',
  'loadedmetadata',
] as const

/** Follows what is played, and plays it as loud and as fast as was chosen. */
export function usePlayer(element: RefObject<HTMLMediaElement | null>): PlayerState {
  const [state, setState] = useState<PlayerState>({ playing: false, at: 0, duration: null })
  const { volume, muted, loop, speed } = usePlayback()
  useEffect(() => {
    const media = element.current
    if (media === null) return
    const look = () => {
      const { paused, ended, currentTime, duration } = media
      setState({ playing: !paused && !ended, at: currentTime, duration: Number.isFinite(duration) ? duration : null })
    }
    for (const event of EVENTS) media.addEventListener(event, look)
    look()
    return () => {
      for (const event of EVENTS) media.removeEventListener(event, look)
      // Ends the reading of what nobody looks at any more.
      media.pause()
      media.removeAttribute('src')
      media.load()
    }
  }, [element])
  useEffect(() => {
    const media = element.current
    if (media === null) return
    media.volume = volume
    media.muted = muted
    media.loop = loop
    media.playbackRate = speed
  }, [element, volume, muted, loop, speed])
  // `timeupdate` comes four times a second; a position that moves in steps looks broken.
  const { playing } = state
  useEffect(() => {
    if (!playing) return
    let frame = 0
    const follow = () => {
      const media = element.current
      if (media !== null) setState((now) => ({ ...now, at: media.currentTime }))
      frame = requestAnimationFrame(follow)
    }
    frame = requestAnimationFrame(follow)
    return () => cancelAnimationFrame(frame)
  }, [element, playing])
  return state
}
