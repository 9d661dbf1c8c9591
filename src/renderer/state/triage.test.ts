import { beforeEach, describe, expect, it } from 'vitest'
import { isTriaging, nextUndecided, noteDecision, startTriage, tally, useTriage } from './triage.ts'
import { closeViewer, useViewer } from './viewer.ts'

beforeEach(() => {
  closeViewer()
  startTriage(Int32Array.of(5, 6, 7, 8), 6)
})

describe('going through assets one by one', () => {
  it('begins where a person was, or with the first', () => {
    expect(useViewer.getState().rowId).toBe(6)
    startTriage(Int32Array.of(1, 2), 99)
    expect(useViewer.getState().rowId).toBe(1)
  })

  it('goes on to what is undecided, and around', () => {
    noteDecision(7, 'kept')
    expect(nextUndecided(useTriage.getState(), 6)).toBe(8)
    expect(nextUndecided(useTriage.getState(), 8)).toBe(5)
  })

  it('has nothing left when all is decided but this one', () => {
    for (const rowId of [5, 7, 8]) noteDecision(rowId, 'discarded')
    expect(nextUndecided(useTriage.getState(), 6)).toBeNull()
    expect(tally(useTriage.getState())).toEqual({ kept: 0, discarded: 3 })
  })

  it('takes a decision back', () => {
    noteDecision(5, 'kept')
    noteDecision(6, 'discarded')
    noteDecision(5, null)
    expect(tally(useTriage.getState())).toEqual({ kept: 0, discarded: 1 })
  })

  it('knows nothing of assets that are not part of it', () => {
    noteDecision(99, 'kept')
    expect(useTriage.getState().decisions.size).toBe(0)
  })

  it('ends with the viewer', () => {
    closeViewer()
    expect(isTriaging()).toBe(false)
  })
})
