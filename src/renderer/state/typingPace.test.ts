import { describe, expect, it } from 'vitest'
import { afterKey, afterPaint, restingPace, restsAt, type TypingPace } from './typingPace.ts'

const slow = afterPaint(restingPace, 90)
const typing = (between: number, pace: TypingPace = slow): TypingPace => {
  let [now, typed] = [10_000, pace]
  for (let letter = 0; letter < 8; letter++) {
    now += between
    typed = afterKey(typed, now)
  }
  return typed
}
/** Milliseconds after the last letter. */
const rest = (pace: TypingPace) => restsAt(pace) - pace.lastKey

describe('when results are shown to somebody who types', () => {
  it('is at once where they are painted quickly', () => {
    expect(rest(typing(120, afterPaint(restingPace, 20)))).toBe(Number.NEGATIVE_INFINITY)
  })

  it('is never between two letters of somebody who types evenly, where painting is slow', () => {
    for (const between of [90, 120, 150, 200, 230]) expect(rest(typing(between))).toBeGreaterThan(between)
  })

  it('is soon after the last letter all the same', () => {
    for (const between of [20, 100, 200, 500]) expect(rest(typing(between))).toBeLessThanOrEqual(300)
  })

  it('forgets a pace when there was a pause', () => {
    expect(afterKey(typing(90), 60_000).interval).toBe(restingPace.interval)
  })

  it('follows a machine that paints quickly again', () => {
    let pace = afterPaint(restingPace, 90)
    for (let turn = 0; turn < 20; turn++) pace = afterPaint(pace, 20)
    expect(rest(afterKey(pace, 1000))).toBe(Number.NEGATIVE_INFINITY)
  })
})
