import { describe, expect, it } from 'vitest'
import { type KeyPress, meaningOf } from './keymap.ts'

const press = (key: string, modifiers: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...modifiers,
})

describe('what a key means', () => {
  it('is one command for a bare letter, also with caps lock', () => {
    expect(meaningOf(press('k'), false)).toEqual({ command: 'keep' })
    expect(meaningOf(press('K'), false)).toEqual({ command: 'keep' })
    expect(meaningOf(press('x'), false)).toEqual({ command: 'discard' })
  })

  it('is a rating for the digits 0 to 5', () => {
    expect(meaningOf(press('3'), false)).toEqual({ rating: 3 })
    expect(meaningOf(press('0'), false)).toEqual({ rating: 0 })
    expect(meaningOf(press('6'), false)).toBeNull()
  })

  it('is the same with Ctrl and with Cmd', () => {
    expect(meaningOf(press('z', { ctrlKey: true }), false)).toEqual({ command: 'undo' })
    expect(meaningOf(press('z', { metaKey: true }), true)).toEqual({ command: 'undo' })
    expect(meaningOf(press('Z', { ctrlKey: true, shiftKey: true }), false)).toEqual({ command: 'redo' })
  })

  it('finds "?" and "/" wherever a keyboard has them', () => {
    expect(meaningOf(press('?', { shiftKey: true }), false)).toEqual({ command: 'shortcuts' })
    expect(meaningOf(press('/', { shiftKey: true }), false)).toEqual({ command: 'find' })
  })

  it('moves to Trash with the key that a Mac has', () => {
    expect(meaningOf(press('Delete'), false)).toEqual({ command: 'trash' })
    expect(meaningOf(press('Backspace'), true)).toEqual({ command: 'trash' })
    expect(meaningOf(press('Backspace'), false)).toBeNull()
  })

  it('removes for good only with Shift', () => {
    expect(meaningOf(press('Delete', { shiftKey: true }), false)).toEqual({ command: 'remove-for-good' })
  })

  it('is nothing with Alt, or with Shift on a letter: those belong to others', () => {
    expect(meaningOf(press('k', { altKey: true }), false)).toBeNull()
    expect(meaningOf(press('X', { shiftKey: true }), false)).toBeNull()
    expect(meaningOf(press('constructor'), false)).toBeNull()
  })
})
