import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moveBefore, type Placed, positionsBetween } from './manualOrder.ts'

const apply = (order: readonly Placed<number>[], changes: ReadonlyMap<number, number>): Placed<number>[] =>
  order
    .map(({ key, position }) => ({ key, position: changes.get(key) ?? position }))
    .sort((a, b) => a.position - b.position || a.key - b.key)

describe('an order made by hand', () => {
  it('ends up as it was asked for, also where positions are equal or very close', () => {
    const close = fc.constantFrom(0, 1, 1, 1 + Number.EPSILON, 1 + 2 * Number.EPSILON, 2, 1_763_740_000_000)
    fc.assert(
      fc.property(
        fc.array(close, { minLength: 1, maxLength: 12 }),
        fc.array(fc.nat({ max: 11 }), { minLength: 1, maxLength: 4 }),
        fc.option(fc.nat({ max: 11 })),
        (positions, picked, before) => {
          const order = positions.toSorted((a, b) => a - b).map((position, key) => ({ key, position }))
          const moved = [...new Set(picked)].filter((key) => key < order.length)
          const target = before !== null && before < order.length && !moved.includes(before) ? before : null
          const rest = order.map(({ key }) => key).filter((key) => !moved.includes(key))
          const at = target === null ? rest.length : rest.indexOf(target)
          const wanted = [...rest.slice(0, at), ...moved, ...rest.slice(at)]
          expect(apply(order, moveBefore(order, moved, target)).map(({ key }) => key)).toEqual(wanted)
        },
      ),
    )
  })

  it('moves nothing else while there is room', () => {
    const order = [1, 2, 3, 4].map((key) => ({ key, position: key }))
    expect(moveBefore(order, [4], 2)).toEqual(new Map([[4, 1.5]]))
    expect([...moveBefore(order, [1], null).keys()]).toEqual([1])
    expect([...moveBefore(order, [3, 4], 1).keys()]).toEqual([3, 4])
  })

  it('moves few others where there is none: a thousand insertions at one place', () => {
    let order: Placed<number>[] = Array.from({ length: 1000 }, (_, key) => ({ key, position: key * 64 }))
    let written = 0
    for (let key = 1000; key < 2000; key++) {
      order = [...order, { key, position: 1e9 }]
      const changes = moveBefore(order, [key], 500)
      written += changes.size
      order = apply(order, changes)
    }
    const wanted = Array.from({ length: 1000 }, (_, index) => 1000 + index)
    expect(order.slice(500, 1500).map(({ key }) => key)).toEqual(wanted)
    expect(written).toBeLessThan(1000 * 20)
  })

  it('gives positions only where they can be told apart', () => {
    expect(positionsBetween(1, 1, 1)).toBeNull()
    expect(positionsBetween(1, 1 + Number.EPSILON, 1)).toBeNull()
    expect(positionsBetween(2, 1, 1)).toBeNull()
    expect(positionsBetween(0, 3, 2)).toEqual([1, 2])
  })
})
