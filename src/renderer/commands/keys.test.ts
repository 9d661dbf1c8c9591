import { describe, expect, it } from 'vitest'
import { chordOf, chordText, hasModifier, type KeyPress } from './keys.ts'

const press = (key: string, modifiers: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...modifiers,
})
const onLinux = (key: string, modifiers: Partial<KeyPress> = {}) => chordOf(press(key, modifiers), false)
const onMac = (key: string, modifiers: Partial<KeyPress> = {}) => chordOf(press(key, modifiers), true)

describe('the chord of a key press', () => {
  it('is a letter, also with caps lock, and another one with Shift', () => {
    expect(onLinux('k')).toBe('K')
    expect(onLinux('K')).toBe('K')
    expect(onLinux('K', { shiftKey: true })).toBe('Shift+K')
  })

  it('is the same with Ctrl and with Cmd', () => {
    expect(onLinux('z', { ctrlKey: true })).toBe('Mod+Z')
    expect(onMac('z', { metaKey: true })).toBe('Mod+Z')
    expect(onLinux('Z', { ctrlKey: true, shiftKey: true })).toBe('Mod+Shift+Z')
  })

  it('finds signs wherever a keyboard has them', () => {
    expect(onLinux('?', { shiftKey: true })).toBe('?')
    expect(onLinux('/', { shiftKey: true })).toBe('/')
    expect(onLinux('+', { shiftKey: true, ctrlKey: true })).toBe('Mod+Plus')
  })

  it('names keys, with Shift if it is held', () => {
    expect(onLinux(' ')).toBe('Space')
    expect(onLinux('Delete', { shiftKey: true })).toBe('Shift+Delete')
    expect(onLinux('ArrowLeft', { altKey: true })).toBe('Alt+ArrowLeft')
  })

  it('is Delete for the key that a Mac has instead', () => {
    expect(onMac('Backspace')).toBe('Delete')
    expect(onMac('Backspace', { metaKey: true })).toBe('Mod+Delete')
    expect(onLinux('Backspace')).toBe('Backspace')
  })

  it('is none for a modifier alone, a dead key, or what AltGr writes', () => {
    for (const key of ['Shift', 'Control', 'Meta', 'AltGraph', 'Dead', 'Process', '']) expect(onLinux(key)).toBeNull()
    expect(onLinux('@', { ctrlKey: true, altKey: true })).toBeNull()
  })
})

describe('a chord', () => {
  it('is written as the platform writes it', () => {
    expect(chordText('Mod+Shift+Z', false)).toBe('Ctrl Shift Z')
    expect(chordText('Mod+Shift+Z', true)).toBe('⌘⇧Z')
    expect(chordText('Delete', false)).toBe('Del')
    expect(chordText('Mod+Plus', false)).toBe('Ctrl +')
  })

  it('without Mod may be meant as text', () => {
    expect(hasModifier('Mod+K')).toBe(true)
    expect(hasModifier('K')).toBe(false)
    expect(hasModifier('Shift+K')).toBe(false)
  })
})
