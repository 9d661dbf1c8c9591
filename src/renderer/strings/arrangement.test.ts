import { describe, expect, it } from 'vitest'
import { arrangement } from './arrangement.ts'

const now = new Date(2026, 10, 4, 12)

describe('the name of a group', () => {
  it.each([
    ['imported_at', '2026-11-04', 'Today'],
    ['imported_at', '2026-11-03', 'Yesterday'],
    ['captured_at', '2026-03-01', 'Sunday, 1 March'],
    ['captured_at', '2024-02-29', 'Thursday, 29 February 2024'],
    ['captured_at', '2024-02', 'February 2024'],
    ['updated_at', '2024', '2024'],
    ['rating', '5', '5 stars'],
    ['rating', '1', '1 star'],
    ['rating', '0', 'No rating'],
    ['asset_type', 'audio', 'Sounds'],
    ['model_used', '', 'No model'],
    ['model_used', 'juniper_xl', 'juniper_xl'],
    ['file_name', '#', 'Digits and signs'],
    ['file_name', 'É', 'É'],
    ['file_size_bytes', '1', 'Less than 100 KB'],
    ['file_size_bytes', '1000000', '1 MB – 10 MB'],
    ['file_size_bytes', '10000000000', '10 GB and more'],
    ['width', '0', 'Unknown'],
    ['height', '2000', '2,000 px – 4,000 px'],
    ['duration_seconds', '0', 'No duration'],
    ['duration_seconds', String(Number.MIN_VALUE), 'Less than 10 s'],
    ['duration_seconds', '60', '1 min – 10 min'],
  ] as const)('by %s of %s is %s', (field, key, name) => {
    expect(arrangement.group(field, key, now)).toBe(name)
  })

  it('of a session is when it was', () => {
    const from = new Date(2026, 10, 3, 14, 2)
    const key = `${from.toISOString()}/${new Date(2026, 10, 3, 16, 40).toISOString()}`
    expect(arrangement.group('imported_at', key)).toBe('3 November 2026, 14:02 – 16:40')
    expect(arrangement.group('imported_at', `${from.toISOString()}/${from.toISOString()}`)).toBe(
      '3 November 2026, 14:02',
    )
  })
})

it('is short at the edge of the scrubber', () => {
  expect(arrangement.short('imported_at', '2026-11')).toBe('Nov')
  expect(arrangement.short('rating', '4')).toBe('4 ★')
  expect(arrangement.short('model_used', 'a very long model')).toBe('a very …')
  expect(arrangement.short('file_size_bytes', '100000')).toBe('100 KB')
})
