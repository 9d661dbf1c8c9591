import { afterEach, describe, expect, it } from 'vitest'
import type { Command } from './command.ts'
import { menuEntriesOf } from './menuEntries.ts'
import { commandFor, commandsOf, keysOf, registerCommands, registerKeyHints, useRegistry } from './registry.ts'
import { sheetOf } from './sheet.ts'
import { shortcutOf } from './shortcuts.ts'

const command = (id: string, more: Partial<Command> = {}): Command => ({
  id,
  title: id,
  group: 'All',
  run: () => undefined,
  ...more,
})
const keep = command('keep', { keys: ['K'], modes: ['browse', 'viewer'], menu: { in: 'asset', section: 0 } })
const keepAndGoOn = command('keep', { title: 'keep and go on', keys: ['K'], modes: ['viewer'] })
const find = command('find', { keys: ['/', 'Mod+F'] })

const before = useRegistry.getState()
afterEach(() => useRegistry.setState(before))

describe('a chord', () => {
  it('means the command that has it in this mode', () => {
    registerCommands([keep, find])
    expect(commandFor('Mod+F', 'browse')).toBe(find)
    expect(commandFor('Mod+F', 'viewer')).toBeNull()
    expect(commandFor('K', 'viewer')).toBe(keep)
  })

  it('means what came last where several share a name, until that is gone', () => {
    registerCommands([keep])
    const leave = registerCommands([keepAndGoOn])
    expect(commandFor('K', 'viewer')).toBe(keepAndGoOn)
    expect(commandFor('K', 'browse')).toBe(keep)
    leave()
    expect(commandFor('K', 'viewer')).toBe(keep)
  })

  it('means the command that a person gave it to, and the usual one no longer does', () => {
    registerCommands([keep, find])
    useRegistry.setState({ customKeys: { find: ['K'], keep: [] } })
    expect(commandFor('K', 'browse')).toBe(find)
    expect(commandFor('/', 'browse')).toBeNull()
    expect(keysOf(keep)).toEqual([])
    expect(shortcutOf('keep')).toBeUndefined()
    expect(shortcutOf('find')).toBe('K')
  })

  it('that a person gave away wins over the usual one of another command', () => {
    registerCommands([keep, find])
    useRegistry.setState({ customKeys: { keep: ['/'] } })
    expect(commandFor('/', 'browse')).toBe(keep)
  })
})

describe('the commands of a mode', () => {
  it('are one for each name, in the order of the names', () => {
    expect(commandsOf('viewer', [keep, find, keepAndGoOn])).toEqual([keepAndGoOn])
    expect(commandsOf('browse', [keep, find, keepAndGoOn])).toEqual([keep, find])
  })
})

describe('the sheet', () => {
  const rates = [0, 1].map((stars) =>
    command(`rate-${stars}`, { keys: [String(stars)], series: { title: 'Rate', keys: ['0', '–', '1'] } }),
  )
  it('has a line for each command with keys, one for a series, and what is no command', () => {
    registerCommands([find, ...rates, command('silent')])
    registerKeyHints([{ group: 'Move', mode: 'browse', keys: ['←'], meaning: 'Left' }])
    expect(sheetOf('browse', useRegistry.getState())).toEqual([
      {
        title: 'All',
        lines: [
          { keys: ['/', 'Ctrl F'], meaning: 'find' },
          { keys: ['0', '–', '1'], meaning: 'Rate' },
        ],
      },
      { title: 'Move', lines: [{ keys: ['←'], meaning: 'Left' }] },
    ])
    expect(sheetOf('triage', useRegistry.getState())).toEqual([])
  })
})

describe('the native menu', () => {
  it('has every command once, with what can not be done here disabled', () => {
    const entries = menuEntriesOf('triage', [keep, keepAndGoOn, find], {})
    expect(entries).toEqual([{ id: 'keep', title: 'keep', menu: 'asset', section: 0, chord: 'K', enabled: false }])
    expect(menuEntriesOf('viewer', [keep, keepAndGoOn], {})).toMatchObject([{ title: 'keep and go on', enabled: true }])
    expect(menuEntriesOf('browse', [{ ...keep, enabled: () => false }], {})).toMatchObject([{ enabled: false }])
  })

  it('shows a chord beside the one command that it means in the mode', () => {
    const menu = { in: 'view', section: 0 } as const
    const first = command('first', { keys: ['Mod+1'], modes: ['browse'], menu })
    const fit = command('fit', { keys: ['Mod+1'], modes: ['viewer'], menu })
    const chordsIn = (mode: 'browse' | 'viewer' | 'start') =>
      menuEntriesOf(mode, [first, fit], {}).map(({ chord }) => chord)
    expect(chordsIn('browse')).toEqual(['Mod+1', null])
    expect(chordsIn('viewer')).toEqual([null, 'Mod+1'])
    expect(chordsIn('start')).toEqual(['Mod+1', null])
  })
})
