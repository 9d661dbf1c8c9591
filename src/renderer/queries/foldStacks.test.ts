import fc from 'fast-check'
import { expect, it } from 'vitest'
import { assetsOf, countAssets, foldStacks, inStack } from './foldStacks.ts'

/** Rows 10, 11, 12 … of these stacks, in groups that begin at these places. */
const view = (stacks: readonly number[], starts: readonly number[] = [0]) => ({
  rowIds: Int32Array.from(stacks, (_, index) => index + 10),
  aspects: Float32Array.from(stacks, (_, index) => index + 1),
  arrangement: {
    groups: { starts: Int32Array.from(starts), keys: starts.map((start) => `from ${start}`) },
    marks: null,
    stacks: Int32Array.from(stacks),
  },
})
const none = new Set<number>()

it('shows the first of each stack instead of all of it, with how many there are', () => {
  const shown = foldStacks(view([0, 3, 3, 5, 3]), none)
  expect([...shown.rowIds]).toEqual([10, 11, 13])
  expect([...shown.aspects]).toEqual([1, 2, 4])
  expect([...(shown.stacks?.sizes ?? [])]).toEqual([1, 3, 1])
  expect([...(shown.stacks?.roles ?? [])]).toEqual([inStack.none, inStack.folded, inStack.none])
})

it('shows an open stack together where its first is, whichever of it was opened', () => {
  const shown = foldStacks(view([3, 0, 3, 5, 3]), new Set([14]))
  expect([...shown.rowIds]).toEqual([10, 12, 14, 11, 13])
  expect([...(shown.stacks?.roles ?? [])]).toEqual([inStack.first, inStack.other, inStack.other, 0, 0])
  expect([...(shown.stacks?.sizes ?? [])]).toEqual([3, 3, 3, 1, 1])
})

it('keeps the groups, without those of which nothing is left', () => {
  const { groups } = foldStacks(view([3, 0, 3, 3, 0], [0, 2, 4]), none)
  expect(groups).toEqual({ starts: Int32Array.of(0, 2), keys: ['from 0', 'from 4'] })
})

it('changes nothing where stacks were not asked for', () => {
  const whole = { ...view([3, 3]), arrangement: { groups: null, marks: null, stacks: null } }
  expect(foldStacks(whole, none)).toEqual({
    rowIds: whole.rowIds,
    aspects: whole.aspects,
    groups: null,
    marks: null,
    stacks: null,
  })
})

it('shows every asset once or counts it in its stack, and a choice of all cells is all assets', () => {
  const stacks = fc.array(fc.nat(4), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(stacks, fc.array(fc.integer({ min: 10, max: 40 }), { maxLength: 3 }), (numbers, open) => {
      const whole = view(numbers)
      const shown = foldStacks(whole, new Set(open))
      expect(countAssets(shown, 0, shown.rowIds.length)).toBe(numbers.length)
      const all = assetsOf(shown, whole, shown.rowIds.keys())
      expect([...all].toSorted((a, b) => a - b)).toEqual([...whole.rowIds])
      expect(new Set(shown.rowIds).size).toBe(shown.rowIds.length)
    }),
  )
})
