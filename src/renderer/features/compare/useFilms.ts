import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import { usePlayback } from '../../state/playback.ts'
import { type FilmsState, FilmTransport } from './filmTransport.ts'

/** The transport of the films that are compared now. */
export const Films = createContext(new FilmTransport())

/** One transport for as long as a comparison is open; it looks after its films while they play. */
export function useFilmTransport(): FilmTransport {
  const [transport] = useState(() => new FilmTransport())
  const { playing } = useFilmsState(transport)
  const { loop, speed } = usePlayback()
  useEffect(() => transport.tune({ loop, speed }), [transport, loop, speed])
  useEffect(() => {
    if (!playing) return
    let frame = 0
    const look = () => {
      transport.look()
      frame = requestAnimationFrame(look)
    }
    frame = requestAnimationFrame(look)
    return () => cancelAnimationFrame(frame)
  }, [transport, playing])
  return transport
}

export function useFilms(): FilmTransport {
  return useContext(Films)
}

export function useFilmsState(transport: FilmTransport): FilmsState {
  return useSyncExternalStore(transport.subscribe, () => transport.state)
}
