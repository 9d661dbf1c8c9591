import { beforeEach, describe, expect, it } from 'vitest'
import {
  activated,
  type Comparison,
  closeCompare,
  comparedRow,
  openCompare,
  preferred,
  steppedBy,
  swapped,
  useCompare,
  without,
} from './compare.ts'

const three: Comparison = { rowIds: [10, 20, 30], active: 0, winner: null, differences: true }

beforeEach(closeCompare)

describe('what is compared', () => {
  it('is two to four different assets', () => {
    openCompare([1])
    expect(comparedRow()).toBeNull()
    openCompare([1, 1])
    expect(comparedRow()).toBeNull()
    openCompare([1, 2, 3, 4, 5])
    expect(comparedRow()).toBeNull()
    openCompare([4, 2])
    expect(useCompare.getState()).toMatchObject({ rowIds: [4, 2], active: 0, winner: null })
  })

  it('forgets its winner when it ends, and remembers whether differences were wanted', () => {
    openCompare([1, 2])
    useCompare.setState({ winner: 1, differences: false })
    closeCompare()
    openCompare([1, 2])
    expect(useCompare.getState()).toMatchObject({ winner: null, differences: false })
  })
})

describe('the keyboard', () => {
  it('goes around', () => {
    expect(steppedBy(three, -1).active).toBe(2)
    expect(steppedBy({ ...three, active: 2 }, 1).active).toBe(0)
  })

  it('stays where it is when there is no such place', () => {
    expect(activated(three, 7)).toBe(three)
  })
})

describe('changing places', () => {
  it('takes the keyboard along', () => {
    expect(swapped(three)).toMatchObject({ rowIds: [20, 10, 30], active: 1 })
    expect(swapped({ ...three, active: 2 })).toMatchObject({ rowIds: [30, 20, 10], active: 0 })
  })
})

describe('removing one', () => {
  it('leaves the keyboard with its asset, or where the removed one was', () => {
    expect(without({ ...three, active: 2 }, 0)).toMatchObject({ rowIds: [20, 30], active: 1 })
    expect(without({ ...three, active: 2 }, 2)).toMatchObject({ rowIds: [10, 20], active: 1 })
  })

  it('forgets a winner that was removed', () => {
    expect(without({ ...three, winner: 20 }, 1).winner).toBeNull()
    expect(without({ ...three, winner: 20 }, 0).winner).toBe(20)
  })

  it('ends the comparison with the last pair', () => {
    expect(without({ ...three, rowIds: [1, 2] }, 0).rowIds).toEqual([])
  })
})

describe('the winner', () => {
  it('is one, and can be taken back', () => {
    const won = preferred(three, 20)
    expect(won.winner).toBe(20)
    expect(preferred(won, 30).winner).toBe(30)
    expect(preferred(won, 20).winner).toBeNull()
  })
})
