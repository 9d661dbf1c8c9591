import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Favours, mergeWrite, theLatest, type Write, whatIsNotDeleted, whatStands } from './mergeWrites.ts'

/** A write with all that its author knew: for each device the place up to which its log was applied. */
interface Known extends Write<string | null> {
  readonly seen: Readonly<Record<string, number>>
}

const knowsOf = (write: Known) => (device: string, place: number) =>
  device === write.device ? place < write.place : (write.seen[device] ?? 0) >= place

/** Each step: a device applies all that another one knows, or writes the cell itself. */
const step = fc.oneof(
  fc.record({
    kind: fc.constant('write' as const),
    device: fc.nat(3),
    value: fc.constantFrom('a', 'b', null),
    skew: fc.nat(20),
  }),
  fc.record({ kind: fc.constant('pull' as const), device: fc.nat(3), from: fc.nat(3) }),
)

/** The writes of a run, in an order in which each comes after what it knew. */
function play(steps: readonly (typeof step extends fc.Arbitrary<infer T> ? T : never)[]): Known[] {
  const clocks = Array.from({ length: 4 }, (): Record<string, number> => ({}))
  const writes: Known[] = []
  for (const [index, { device, ...action }] of steps.entries()) {
    const clock = clocks[device]
    if (clock === undefined) continue
    if (action.kind === 'pull') {
      for (const [other, place] of Object.entries(clocks[action.from] ?? {})) {
        clock[other] = Math.max(clock[other] ?? 0, place)
      }
      continue
    }
    const name = `d${device}`
    const { [name]: own = 0, ...seen } = clock
    clock[name] = own + 1
    writes.push({
      value: action.value,
      stamp: `${10 + action.skew}.${index}.${name}`,
      device: name,
      place: own + 1,
      seen,
    })
  }
  return writes
}

/** The same writes in another order that respects what each knew. */
function shuffle(writes: readonly Known[], picks: readonly number[]): Known[] {
  const left = [...writes]
  const order: Known[] = []
  for (let turn = 0; left.length > 0; turn++) {
    const ready = left.filter(
      (write) => !left.some((other) => other !== write && knowsOf(write)(other.device, other.place)),
    )
    const next = ready[(picks[turn] ?? 0) % ready.length]!
    left.splice(left.indexOf(next), 1)
    order.push(next)
  }
  return order
}

const mergeAll = (writes: readonly Known[], favours: Favours): readonly Known[] =>
  writes.reduce((kept: readonly Known[], write) => mergeWrite(kept, write, knowsOf(write), favours), [])
const runs = fc.array(step, { maxLength: 30 }).map(play)
const favour = fc.constantFrom<Favours>(theLatest, whatStands, whatIsNotDeleted)

describe('what is kept of a cell', () => {
  it('does not depend on the order in which the logs of devices come together', () => {
    fc.assert(
      fc.property(runs, fc.array(fc.nat(), { maxLength: 40 }), favour, (writes, picks, favours) => {
        expect(mergeAll(shuffle(writes, picks), favours)).toEqual(mergeAll(writes, favours))
      }),
    )
  })

  it('is not changed by a log that comes again', () => {
    fc.assert(
      fc.property(runs, favour, (writes, favours) => {
        const kept = mergeAll(writes, favours)
        for (const write of kept) expect(mergeWrite(kept, write, knowsOf(write), favours)).toBe(kept)
      }),
    )
  })

  it('are exactly the writes that no other one knew', () => {
    fc.assert(
      fc.property(runs, favour, (writes, favours) => {
        const unknown = writes.filter(
          (write) => !writes.some((other) => other !== write && knowsOf(other)(write.device, write.place)),
        )
        expect(new Set(mergeAll(writes, favours))).toEqual(new Set(unknown))
      }),
    )
  })
})

describe('of writes that did not know each other', () => {
  const write = (device: string, stamp: string, value: string | null): Known => ({
    device,
    stamp,
    value,
    place: 1,
    seen: {},
  })
  const shown = (favours: Favours, ...writes: Known[]) => mergeAll(writes, favours)[0]?.value

  it('a cell shows the one with the highest stamp', () => {
    expect(shown(theLatest, write('a', '2', 'late'), write('b', '1', 'early'))).toBe('late')
  })
  it('a tag stays if one of them set it, whatever the clocks say', () => {
    expect(shown(whatStands, write('a', '2', null), write('b', '1', 'tagged'))).toBe('tagged')
  })
  it('an asset stays out of Trash if one of them took it out', () => {
    expect(shown(whatIsNotDeleted, write('a', '2', 'deleted'), write('b', '1', null))).toBe(null)
  })
  it('one that knew the other wins even with a lower stamp', () => {
    const first = write('a', '9', 'first')
    const second: Known = { ...write('b', '1', 'second'), seen: { a: 1 } }
    expect(mergeAll([first, second], theLatest)).toEqual([second])
  })
})
