import { describe, expect, it } from 'vitest'
import { answersTo, deviceText, fieldName, valueText } from './conflictText.ts'

describe('what is said of an edit that lost', () => {
  it('names fields and values as a person would', () => {
    expect(fieldName('custom_title')).toBe('Title')
    expect(fieldName('lifecycle.expiry_days')).toBe('Lifecycle expiry days')
    expect(valueText('rating', 3)).toBe('★★★')
    expect(valueText('rating', 0)).toBe('No rating')
    expect(valueText('is_favorite', 1)).toBe('Favourite')
    expect(valueText('deleted_at', null)).toBe('Not in Trash')
    expect(valueText('deleted_at', 1_790_000_000_000)).toBe('In Trash')
    expect(valueText('custom_title', null)).toBe('Nothing')
    expect(valueText('custom_title', 'Pier')).toBe('Pier')
    expect(valueText('query', { all: [1] })).toBe('{"all":[1]}')
  })

  it('shows the beginning of a long text, and survives numbers that are none of a rating', () => {
    expect(valueText('description', 'x'.repeat(1000))).toHaveLength(301)
    expect(valueText('rating', 1e9)).toBe('★★★★★')
    expect(valueText('rating', 'five')).toBe('No rating')
  })

  it('says whose edit is kept or comes back', () => {
    const here = { id: 'a', name: 'Desk', is_this: true }
    const there = { id: 'b', name: 'Laptop', is_this: false }
    const other = { id: 'c', name: null, is_this: false }
    expect(answersTo({ device: there, lost_device: here })).toEqual({ keep: 'Keep theirs', restore: 'Restore mine' })
    expect(answersTo({ device: here, lost_device: there })).toEqual({ keep: 'Keep mine', restore: 'Take theirs' })
    expect(answersTo({ device: there, lost_device: other })).toEqual({ keep: 'Keep this', restore: 'Take this' })
    expect([here, there, other].map(deviceText)).toEqual(['This computer', 'Laptop', 'Another device'])
  })
})
