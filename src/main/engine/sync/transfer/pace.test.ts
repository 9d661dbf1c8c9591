import { beforeEach, expect, it } from 'vitest'
import { tokenBucket } from './pace.ts'

let now: number
let timers: { at: number; run: () => void }[]
const bucket = () =>
  tokenBucket(
    () => now,
    (ms, run) => {
      const timer = { at: now + ms, run }
      timers.push(timer)
      return () => timers.splice(timers.indexOf(timer), 1)
    },
  )

async function advance(ms: number): Promise<void> {
  const end = now + ms
  for (;;) {
    await Promise.resolve()
    const next = timers.toSorted((a, b) => a.at - b.at)[0]
    if (next === undefined || next.at > end) break
    timers.splice(timers.indexOf(next), 1)
    now = Math.max(now, next.at)
    next.run()
  }
  now = end
  await Promise.resolve()
}

beforeEach(() => {
  now = 0
  timers = []
})

it('holds up nothing without a limit', async () => {
  await bucket().take(1e12)
  expect(timers).toEqual([])
})

it('lets through as many bytes as the limit allows, over any time', async () => {
  const pace = bucket()
  pace.setLimit(1000)
  let sent = 0
  void (async () => {
    for (;;) {
      await pace.take(64)
      sent += 64
    }
  })()
  await advance(10_000)
  expect(sent).toBeGreaterThan(9_800)
  expect(sent).toBeLessThan(10_400)
})

it('lets something through that is larger than what flows in a second, and makes the next wait for it', async () => {
  const pace = bucket()
  pace.setLimit(100)
  await pace.take(1000)
  let second = false
  void pace.take(1).then(() => {
    second = true
  })
  await advance(9_000)
  expect(second).toBe(false)
  await advance(1_100)
  expect(second).toBe(true)
})

it('serves in the order of asking, shares among all, and goes on at once when the limit is lifted', async () => {
  const pace = bucket()
  pace.setLimit(10)
  const order: string[] = []
  for (const name of ['a', 'b', 'c']) void pace.take(1000).then(() => order.push(name))
  await advance(1)
  expect(order).toEqual(['a'])
  pace.setLimit(null)
  await advance(1)
  expect(order).toEqual(['a', 'b', 'c'])
})

it('lets go of a transfer that is stopped, and the next takes its turn', async () => {
  const pace = bucket()
  pace.setLimit(10)
  await pace.take(10)
  const stop = new AbortController()
  const stopped = pace.take(1_000_000, stop.signal).catch((error: { code: string }) => error.code)
  let next = false
  void pace.take(1).then(() => {
    next = true
  })
  stop.abort()
  expect(await stopped).toBe('cancelled')
  await advance(1_200)
  expect(next).toBe(true)
  await expect(pace.take(1, stop.signal)).rejects.toMatchObject({ code: 'cancelled' })
})
