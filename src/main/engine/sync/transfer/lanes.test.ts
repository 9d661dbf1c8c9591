import { expect, it } from 'vitest'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { Lane } from '../../ports.ts'
import { adaptiveLanes } from './lanes.ts'

const failed = new VitrineError('remote_server', 'failed')
const throttled = new VitrineError('remote_throttled', 'slow down', { retryAfterMs: 3000 })
let now = 0
let timers: { readonly ms: number; readonly run: () => void }[] = []
const lanes = () =>
  adaptiveLanes({
    elapsedMs: () => now,
    after(ms, run) {
      const timer = { ms, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    random: () => 0.5,
  })
const settle = () => new Promise((resolve) => setImmediate(resolve))

it('lets four through at first, and the next when one ends', async () => {
  const room = lanes()
  const taken: Lane[] = []
  for (let index = 0; index < 6; index++)
    void room
      .of(0)
      .take()
      .then((lane) => taken.push(lane))
  await settle()
  expect(taken).toHaveLength(4)
  taken[0]!.end(1)
  taken[0]!.end(1)
  await settle()
  expect(taken).toHaveLength(5)
})

it('serves what is wanted first before what came first', async () => {
  const room = lanes()
  const held = await Promise.all(Array.from({ length: 4 }, () => room.of(0).take()))
  const order: string[] = []
  const ask = (name: string, priority: number) =>
    void room
      .of(priority)
      .take()
      .then((lane) => {
        order.push(name)
        lane.end(0)
      })
  ask('first', 0)
  ask('second', 0)
  ask('seen', 5)
  held[0]!.end(0)
  await settle()
  expect(order).toEqual(['seen', 'first', 'second'])
})

it('gives room back that nobody took any more, and takes away room after a failure', async () => {
  const room = lanes()
  const held = await Promise.all(Array.from({ length: 4 }, () => room.of(0).take()))
  const stop = new AbortController()
  const waiting = room.of(0).take(stop.signal)
  stop.abort()
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
  now += 5000
  held[0]!.end(0, failed)
  expect(room.limit).toBe(2)
  let another = false
  void room
    .of(0)
    .take()
    .then(() => {
      another = true
    })
  held[1]!.end(0)
  await settle()
  expect(another).toBe(false)
  held[2]!.end(0)
  await settle()
  expect(another).toBe(true)
})

it('keeps its room for failures that are nobody else’s', async () => {
  const room = lanes()
  now += 5000
  const lane = await room.of(0).take()
  lane.end(0, new VitrineError('io_error', 'the file is gone'))
  expect(room.limit).toBe(4)
})

it('leaves a server in peace that asks for it, for as long as it asks for', async () => {
  const room = lanes()
  timers = []
  const held = await Promise.all([room.of(0).take(), room.of(0).take()])
  held[0]!.end(0, throttled)
  held[1]!.end(0, throttled)
  expect(timers.map(({ ms }) => ms)).toEqual([3000])
  let served = false
  void room
    .of(0)
    .take()
    .then(() => {
      served = true
    })
  await settle()
  expect(served).toBe(false)
  now += 3000
  timers[0]!.run()
  await settle()
  expect(served).toBe(true)
})

it('sends away who would have to wait for long, until the server may be asked again', async () => {
  const room = lanes()
  timers = []
  const held = await Promise.all(Array.from({ length: 4 }, () => room.of(0).take()))
  const waiting = room.of(0).take()
  held[0]!.end(0, new VitrineError('remote_throttled', 'slow down', { retryAfterMs: 600_000 }))
  await expect(waiting).rejects.toMatchObject({ code: 'remote_throttled', details: { retryAfterMs: 600_000 } })
  now += 100_000
  await expect(room.of(0).take()).rejects.toMatchObject({ details: { retryAfterMs: 500_000 } })
  now += 500_000
  timers[0]!.run()
  held[1]!.end(0)
  held[2]!.end(0)
  held[3]!.end(0)
  await room.of(0).take()
})
