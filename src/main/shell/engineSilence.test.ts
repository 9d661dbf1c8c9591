import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { EngineSilence } from './engineSilence.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-03-01T12:00:00Z') })
})
afterEach(() => {
  vi.useRealTimers()
})

function watch() {
  const told: (string | null)[] = []
  const engine = { waiting: true, pings: 0, answers: false }
  const silence: EngineSilence = new EngineSilence({
    waiting: () => engine.waiting,
    ping: () => {
      engine.pings += 1
      if (engine.answers) silence.heard()
    },
    onSilent: (since) => told.push(since?.toISOString() ?? null),
  })
  silence.start()
  return { silence, engine, told }
}
const seconds = (count: number) => vi.advanceTimersByTime(count * 1000)

describe('an engine that is asked', () => {
  it('and answers pings is never silent, however long a request takes', () => {
    const { engine, told } = watch()
    engine.answers = true
    seconds(3600)
    expect(told).toEqual([])
    expect(engine.pings).toBeGreaterThan(100)
  })

  it('and says nothing for a minute is told of once, with since when', () => {
    const { told } = watch()
    seconds(60)
    expect(told).toEqual([])
    seconds(600)
    expect(told).toEqual(['2026-03-01T12:00:05.000Z'])
  })

  it('is well again with its first word', () => {
    const { silence, told } = watch()
    seconds(70)
    silence.heard()
    expect(told).toEqual(['2026-03-01T12:00:05.000Z', null])
    silence.heard()
    expect(told).toHaveLength(2)
  })

  it('is well when it has ended', () => {
    const { silence, told } = watch()
    seconds(70)
    silence.stop()
    seconds(600)
    expect(told.at(-1)).toBeNull()
    expect(told).toHaveLength(2)
  })

  it('is not silent because the computer slept', () => {
    const { told } = watch()
    seconds(20)
    vi.setSystemTime(new Date('2026-03-02T12:00:00Z'))
    seconds(10)
    expect(told).toEqual([])
  })
})

describe('an engine that nobody asks', () => {
  it('is left alone', () => {
    const { engine, told } = watch()
    engine.waiting = false
    seconds(3600)
    expect([engine.pings, told]).toEqual([0, []])
  })
})
