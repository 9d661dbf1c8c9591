import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { endAssetDrag, startAssetDrag } from './assetDrag.ts'
import { setPressed, whenSteady } from './steady.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  setPressed(false)
  endAssetDrag()
  vi.useRealTimers()
})

const settled = async () => {
  let done = false
  void whenSteady().then(() => {
    done = true
  })
  await vi.advanceTimersByTimeAsync(0)
  return () => vi.advanceTimersByTimeAsync(0).then(() => done)
}

it('is steady while nothing is held', async () => {
  expect(await (await settled())()).toBe(true)
})

it('is not from the press until the dragged assets are let go', async () => {
  setPressed(true)
  const isDone = await settled()
  expect(await isDone()).toBe(false)
  startAssetDrag(Int32Array.of(1))
  // The browser ends the press when its own drag begins.
  setPressed(false)
  expect(await isDone()).toBe(false)
  endAssetDrag()
  expect(await isDone()).toBe(true)
})

it('goes on when the end of a press was never seen', async () => {
  setPressed(true)
  const isDone = await settled()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await isDone()).toBe(true)
})
