import { describe, expect, it } from 'vitest'
import { MOST_WINDOWS, type WindowRecord } from './settings.ts'
import { recordLike, withoutRecord, withRecord } from './windowRecords.ts'

const bounds = { x: 10, y: 20, width: 900, height: 600, maximized: true }
const record = (id: string): WindowRecord => ({ id, bounds, state: { layout: 'list' } })

describe('the records of windows', () => {
  it('a new window begins like the one it came from, beside it', () => {
    expect(recordLike(record('a'), 'b')).toEqual({
      id: 'b',
      bounds: { ...bounds, x: 42, y: 52, maximized: false },
      state: { layout: 'list' },
    })
    expect(recordLike(undefined, 'b')).toEqual({ id: 'b', bounds: null, state: {} })
  })

  it('each keeps its own place and state', () => {
    const records = withRecord([record('a'), record('b')], 'b', { state: { layout: 'squares' } })
    expect(records).toEqual([record('a'), { ...record('b'), state: { layout: 'squares' } }])
  })

  it('a window that is not known yet is added, up to a limit', () => {
    let records: readonly WindowRecord[] = []
    for (let i = 0; i < MOST_WINDOWS + 5; i++) records = withRecord(records, `w${i}`, { bounds })
    expect(records).toHaveLength(MOST_WINDOWS)
    expect(records[0]).toEqual({ id: 'w0', bounds, state: {} })
  })

  it('a closed window is forgotten, but never the last', () => {
    expect(withoutRecord([record('a'), record('b')], 'a')).toEqual([record('b')])
    expect(withoutRecord([record('b')], 'b')).toEqual([record('b')])
  })
})
