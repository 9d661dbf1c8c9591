import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { StackCounts } from './stackCountsCache.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A library in which row n shares its prompt with n others. */
function counting(answer = (rowId: number) => rowId) {
  const asked: (readonly number[])[] = []
  const stacks = new StackCounts(async (rowIds) => {
    asked.push(rowIds)
    return rowIds.map(answer)
  })
  return { stacks, asked }
}

it('asks once for all rows that come on screen together', async () => {
  const { stacks, asked } = counting()
  const heard: number[] = []
  for (const rowId of [3, 5, 7]) stacks.watch(rowId, () => heard.push(rowId))
  expect(stacks.get(5)).toBe(0)
  await vi.runAllTimersAsync()
  expect(asked).toEqual([[3, 5, 7]])
  expect(heard).toEqual([3, 5, 7])
  expect(stacks.get(5)).toBe(5)
})

it('does not ask for what scrolled away before its turn, nor again for what it knows', async () => {
  const { stacks, asked } = counting()
  const leave = stacks.watch(1, () => {})
  stacks.watch(2, () => {})()
  await vi.runAllTimersAsync()
  leave()
  stacks.watch(1, () => {})
  await vi.runAllTimersAsync()
  expect(asked).toEqual([[1]])
})

it('splits what is too much for one question', async () => {
  const { stacks, asked } = counting()
  for (let rowId = 1; rowId <= 1_200; rowId++) stacks.watch(rowId, () => {})
  await vi.runAllTimersAsync()
  expect(asked.map((rowIds) => rowIds.length)).toEqual([500, 500, 200])
})

it('counts again what is on screen after a change, and shows the old count meanwhile', async () => {
  let factor = 1
  const { stacks, asked } = counting((rowId) => rowId * factor)
  const heard = vi.fn()
  stacks.watch(4, heard)
  stacks.watch(6, () => {})()
  await vi.runAllTimersAsync()
  factor = 2
  stacks.invalidate()
  expect(stacks.get(4)).toBe(4)
  await vi.runAllTimersAsync()
  expect(stacks.get(4)).toBe(8)
  expect(asked.at(-1)).toEqual([4])
  expect(heard).toHaveBeenCalledTimes(2)
})

it('forgets everything with the library, also an answer that was on its way', async () => {
  let release: (() => void) | undefined
  const stacks = new StackCounts(async (rowIds) => {
    await new Promise<void>((resolve) => {
      release = resolve
    })
    return rowIds.map(() => 9)
  })
  const leave = stacks.watch(1, () => {})
  await vi.advanceTimersByTimeAsync(100)
  leave()
  stacks.clear()
  release?.()
  await vi.runAllTimersAsync()
  expect(stacks.get(1)).toBe(0)
})

it('keeps what it has when the engine does not answer, and asks again with the next change', async () => {
  let up = false
  const stacks = new StackCounts(async (rowIds) => {
    if (!up) throw new Error('The engine is starting.')
    return rowIds.map(() => 3)
  })
  stacks.watch(1, () => {})
  await vi.runAllTimersAsync()
  up = true
  stacks.invalidate()
  await vi.runAllTimersAsync()
  expect(stacks.get(1)).toBe(3)
})
