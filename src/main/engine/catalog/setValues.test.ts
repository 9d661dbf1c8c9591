import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { operationSet, parseOperations } from './journal/operationSet.ts'
import { joinValues, pickValues, shortest, sliceValues, spread, valueAt } from './setValues.ts'

const link = fc.record({ at: fc.constantFrom(1, 2), position: fc.integer({ min: 0, max: 3 }) })
const value = fc.oneof(fc.constantFrom(null, 0, 1, 'a', ''), link)
const values = fc.oneof(
  fc.array(value, { minLength: 1, maxLength: 12 }),
  fc.nat(12).map((count) => Array.from({ length: count + 1 }, (_, index) => ({ at: 5, position: 7 + index }))),
)

describe('values of many cells', () => {
  it('are the same in the shortest form, cut, picked and joined', () => {
    fc.assert(
      fc.property(values, values, fc.nat(12), (each, more, at) => {
        const short = shortest(each)
        const cut = Math.min(at, each.length)
        expect(spread(short, each.length)).toEqual(each)
        expect(spread(sliceValues(short, cut, each.length), each.length - cut)).toEqual(each.slice(cut))
        const places = each.flatMap((_, index) => (index % 2 === 0 ? [index] : []))
        expect(spread(pickValues(short, places), places.length)).toEqual(places.map((place) => each[place]))
        const joined = joinValues(short, each.length, shortest(more), more.length)
        expect(spread(joined, each.length + more.length)).toEqual([...each, ...more])
      }),
      { numRuns: 200 },
    )
  })

  it('are kept once when they are alike, and as a run when places follow one another', () => {
    expect(shortest([4, 4, 4])).toEqual({ all: 4 })
    expect(shortest([1, 2, 3].map((position) => ({ at: 9, position })))).toEqual({ run: { at: 9, position: 1 } })
    expect(shortest([1, 3].map((position) => ({ at: 9, position })))).toMatchObject({ each: [{}, {}] })
    expect(() => valueAt({ each: [1] }, 1)).toThrow()
  })
})

describe('a line of the journal for many cells', () => {
  const stamp = '1795142400000.000000.d'

  it('means one operation for each', () => {
    fc.assert(
      fc.property(values, (each) => {
        const ids = each.map((_, index) => `asset-${index}`)
        const line = operationSet({ entity: 'membership', of: 'c', field: 'in', stamp }, ids, shortest(each))
        expect(parseOperations(line)).toEqual(
          each.map((value, index) => ({ entity: 'membership', id: `c/asset-${index}`, field: 'in', value, stamp })),
        )
      }),
      { numRuns: 100 },
    )
  })

  it.each([
    'nothing',
    '[]',
    '{"ids":[]}',
    '{"entity":"asset","ids":["a","b"],"field":"rating","each":[1],"stamp":"s"}',
    '{"entity":"asset","ids":["a"],"field":"rating","stamp":"s"}',
    '{"entity":"asset","ids":["a"],"field":"rating","run":{"at":1},"stamp":"s"}',
    '{"entity":"asset","ids":[1],"field":"rating","all":1,"stamp":"s"}',
  ])('is refused when it is none: %s', (line) => {
    expect(parseOperations(line)).toBeNull()
  })
})
