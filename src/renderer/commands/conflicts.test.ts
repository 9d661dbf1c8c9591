import { describe, expect, it } from 'vitest'
import type { Command } from './command.ts'
import { commandsWith, isReserved, withKey } from './conflicts.ts'

const command = (id: string, keys: readonly string[], modes?: Command['modes']): Command => ({
  id,
  title: id,
  group: 'All',
  keys,
  ...(modes === undefined ? {} : { modes }),
  run: () => undefined,
})
const keep = command('keep', ['K'], ['browse', 'viewer'])
const find = command('find', ['/', 'Mod+F'])
const fit = command('fit', ['Mod+0'], ['viewer'])
const all = [keep, find, fit]

describe('keys that a person gives a command', () => {
  it('are not those of the system and of parts of the window', () => {
    for (const chord of ['Escape', 'Tab', 'Shift+Tab', 'ArrowUp', 'Mod+C', 'Mod+Q'])
      expect(isReserved(chord)).toBe(true)
    for (const chord of ['K', 'Mod+K', 'F5', 'Shift+C', 'Alt+ArrowUp']) expect(isReserved(chord)).toBe(false)
  })

  it('may mean something else already, where both can be used', () => {
    expect(commandsWith('K', find, all, {})).toEqual([keep])
    expect(commandsWith('K', fit, all, {})).toEqual([keep])
    expect(commandsWith('Mod+0', find, all, {})).toEqual([])
    expect(commandsWith('K', keep, all, {})).toEqual([])
    expect(commandsWith('K', find, all, { keep: ['P'] })).toEqual([])
    expect(commandsWith('P', find, all, { keep: ['P'] })).toEqual([keep])
  })

  it('are taken from the others, which keep what else they have', () => {
    expect(withKey('/', keep, [find], {})).toEqual({ keep: ['/'], find: ['Mod+F'] })
    expect(withKey('P', keep, [], { find: [] })).toEqual({ keep: ['P'], find: [] })
  })
})
