import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Known as KnownWrite, knowsOf, runsOf, shuffle } from './fixtures/concurrentWrites.ts'
import { type Favours, mergeWrite, theLatest, whatIsNotDeleted, whatStands } from './mergeWrites.ts'

type Known = KnownWrite<string | null>

const mergeAll = (writes: readonly Known[], favours: Favours): readonly Known[] =>
  writes.reduce((kept: readonly Known[], write) => mergeWrite(kept, write, knowsOf(write), favours), [])
const runs = runsOf(fc.constantFrom('a', 'b', null), {
  device: (index) => `d${index}`,
  stamp: (skew, index, device) => `${10 + skew}.${index}.${device}`,
})
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
