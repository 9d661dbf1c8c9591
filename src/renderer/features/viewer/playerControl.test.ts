import { describe, expect, it } from 'vitest'
import { playerControl, timeOfFrame } from './playerControl.ts'

describe('stepping through frames', () => {
  it('goes through every frame once, there and back, whatever the rate', () => {
    for (const rate of [10, 23.976, 25, 29.97, 59.94]) {
      const frames: number[] = []
      let at = 0
      for (let count = 0; count < 100; count++) {
        at = timeOfFrame(at, 1, rate)
        frames.push(Math.floor(at * rate))
      }
      expect(frames).toEqual(Array.from({ length: 100 }, (_, index) => index + 1))
      expect(Math.floor(timeOfFrame(at, -1, rate) * rate)).toBe(99)
    }
  })

  it('stops at the beginning, and pauses what was playing', () => {
    let paused = false
    const media = {
      currentTime: 0,
      duration: 10,
      paused: false,
      play: async () => {},
      pause: () => {
        paused = true
      },
    }
    playerControl({ current: media }, 25).stepFrame(-1)
    expect([media.currentTime, paused]).toEqual([0, true])
  })
})

describe('seeking', () => {
  it('stays inside of what is played', () => {
    const media = { currentTime: 8, duration: 10, paused: true, play: async () => {}, pause: () => {} }
    const control = playerControl({ current: media }, null)
    control.seek(5)
    expect(media.currentTime).toBe(10)
    control.seek(-50)
    expect(media.currentTime).toBe(0)
  })
})
