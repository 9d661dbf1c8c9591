import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LatestOnly } from './latestOnly.ts'

/** A task that ends when it is told to. */
function task() {
  const ends: (() => void)[] = []
  const errors: unknown[] = []
  const latest = new LatestOnly(
    () => new Promise<void>((end) => ends.push(end)),
    (thrown) => errors.push(thrown),
  )
  const end = async () => {
    ends.at(-1)?.()
    await vi.advanceTimersByTimeAsync(0)
  }
  return { latest, ends, end }
}

describe('a task of which only the latest run matters', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('never overlaps itself, and makes up for all that was asked meanwhile with one run', async () => {
    const { latest, ends, end } = task()
    latest.request()
    latest.request()
    latest.request()
    expect(ends).toHaveLength(1)
    await end()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(ends).toHaveLength(2)
    await end()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(ends).toHaveLength(2)
  })

  it('rests after a slow run, but not when a person waits', async () => {
    const { latest, ends, end } = task()
    latest.request()
    await vi.advanceTimersByTimeAsync(300)
    await end()
    latest.request()
    expect(ends).toHaveLength(1)
    latest.request(true)
    expect(ends).toHaveLength(2)
  })

  it('starts again at once for a person who asked during a run', async () => {
    const { latest, ends, end } = task()
    latest.request()
    await vi.advanceTimersByTimeAsync(300)
    latest.request(true)
    await end()
    expect(ends).toHaveLength(2)
  })

  it('goes on after a failure', async () => {
    const errors: unknown[] = []
    let runs = 0
    const latest = new LatestOnly(
      async () => {
        runs++
        throw new Error('no')
      },
      (thrown) => errors.push(thrown),
    )
    latest.request()
    await vi.advanceTimersByTimeAsync(10)
    latest.request(true)
    await vi.advanceTimersByTimeAsync(10)
    expect([runs, errors.length]).toEqual([2, 2])
  })
})
