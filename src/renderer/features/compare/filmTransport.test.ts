import { describe, expect, it } from 'vitest'
import { type Film, FilmTransport, TOLERANCE } from './filmTransport.ts'

class Reel implements Film {
  currentTime = 0
  paused = true
  playbackRate = 1
  readonly duration: number

  constructor(duration: number) {
    this.duration = duration
  }

  async play() {
    this.paused = false
  }

  pause() {
    this.paused = true
  }
}

function films(...durations: number[]) {
  const transport = new FilmTransport()
  const reels = durations.map((duration) => new Reel(duration))
  for (const reel of reels) transport.join(reel)
  /** Time goes by; `drift` is how much each one is faster. */
  const pass = (seconds: number, drift: readonly number[] = []) => {
    for (const [index, reel] of reels.entries()) {
      if (!reel.paused)
        reel.currentTime = Math.min(reel.duration, reel.currentTime + seconds * reel.playbackRate + (drift[index] ?? 0))
    }
    transport.look()
  }
  return { transport, reels, pass, times: () => reels.map(({ currentTime }) => currentTime) }
}

describe('films that are compared', () => {
  it('play and pause as one', () => {
    const { transport, reels, pass, times } = films(10, 10)
    transport.toggle()
    pass(2)
    expect(reels.map(({ paused }) => paused)).toEqual([false, false])
    transport.toggle()
    pass(2)
    expect(times()).toEqual([2, 2])
    expect(transport.state).toEqual({ films: 2, playing: false, at: 2, duration: 10 })
  })

  it('are brought together when one has fallen behind', () => {
    const { transport, pass, times } = films(10, 9)
    transport.toggle()
    pass(2, [0, -TOLERANCE / 2])
    expect(times()).toEqual([2, 2 - TOLERANCE / 2])
    pass(2, [0, -TOLERANCE])
    expect(times()).toEqual([4, 4])
  })

  it('end with the longest; a shorter one waits at its end, and all begin again', () => {
    const { transport, reels, pass, times } = films(3, 5)
    transport.toggle()
    pass(4)
    expect(times()).toEqual([3, 4])
    expect(transport.state.playing).toBe(true)
    pass(2)
    expect(transport.state).toMatchObject({ playing: false, at: 5 })
    for (const reel of reels) reel.pause()
    transport.toggle()
    expect(times()).toEqual([0, 0])
    expect(reels.every(({ paused }) => !paused)).toBe(true)
  })

  it('begin again together, if they are to, as often as they end', () => {
    const { transport, reels, pass, times } = films(3, 5)
    transport.tune({ loop: true, speed: 1 })
    transport.toggle()
    for (const _ of ['once', 'and again']) {
      pass(4)
      expect(times()).toEqual([3, 4])
      pass(1)
      expect(times()).toEqual([0, 0])
      expect(transport.state.playing).toBe(true)
      expect(reels.every(({ paused }) => !paused)).toBe(true)
    }
    transport.tune({ loop: false, speed: 1 })
    pass(5)
    expect(transport.state).toMatchObject({ playing: false, at: 5 })
  })

  it('that have no length end, although they are to begin again', () => {
    const { transport, pass } = films(0, 0)
    transport.tune({ loop: true, speed: 1 })
    transport.toggle()
    pass(1)
    expect(transport.state.playing).toBe(false)
  })

  it('are equally fast, those that come later too', () => {
    const { transport, pass, times } = films(10, 10)
    transport.tune({ loop: false, speed: 0.5 })
    const late = new Reel(8)
    transport.join(late)
    expect(late.playbackRate).toBe(0.5)
    transport.toggle()
    pass(2)
    expect(times()).toEqual([1, 1])
  })

  it('go to one place and step together', () => {
    const { transport, times } = films(3, 5)
    transport.seek(4)
    expect(times()).toEqual([3, 4])
    transport.step(-1)
    expect(times()[1]).toBeCloseTo(4 - 1 / 30)
    transport.seek(99)
    expect(times()).toEqual([3, 5])
    transport.seek(-1)
    expect(times()).toEqual([0, 0])
  })

  it('take in one that comes later, and let one go', () => {
    const { transport } = films(10)
    transport.toggle()
    transport.seek(4)
    const late = new Reel(8)
    const leave = transport.join(late)
    expect([late.currentTime, late.paused]).toEqual([4, false])
    leave()
    expect([late.paused, transport.state.films]).toEqual([true, 1])
  })

  it('of which nothing is known yet have no length', () => {
    const { transport } = films(Number.NaN, Number.NaN)
    transport.toggle()
    transport.step(1)
    expect(transport.state).toMatchObject({ films: 2, duration: null })
  })
})
