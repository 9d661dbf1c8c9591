import { describe, expect, it } from 'vitest'
import { chordOf } from '../../commands/keys.ts'
import { commandFor } from '../../commands/registry.ts'
import { type CompareCommand, compareCommands } from './compareCommands.ts'

const said: CompareCommand[] = []
const commands = compareCommands((command) => said.push(command))

/** What a press of a key says to the comparison. */
function press(key: string, modifiers: Partial<Parameters<typeof chordOf>[0]> = {}): CompareCommand | null {
  const chord = chordOf({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...modifiers }, false)
  const command = chord === null ? null : commandFor(chord, 'compare', { commands, customKeys: {} })
  void command?.run()
  return command === null ? null : (said.at(-1) ?? null)
}

describe('keys of the comparison', () => {
  it('go from one to the next, and pan with Shift', () => {
    expect(press('ArrowRight')).toEqual({ kind: 'step', by: 1 })
    expect(press('ArrowUp', { shiftKey: true })).toEqual({ kind: 'pan', x: 0, y: -1 })
  })

  it('rate with digits and zoom with Ctrl and digits, as in the viewer', () => {
    expect(press('4')).toEqual({ kind: 'rate', rating: 4 })
    expect(press('0', { ctrlKey: true })).toEqual({ kind: 'fit' })
    expect(press('1', { ctrlKey: true })).toEqual({ kind: 'actual-size' })
    expect(press('+', { shiftKey: true })).toEqual({ kind: 'zoom', direction: 1 })
  })

  it('never mean two things', () => {
    const keys = commands.flatMap(({ keys: chords = [] }) => chords)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('leave to the window what is the window’s', () => {
    expect(press('Z', { ctrlKey: true, shiftKey: true })).toBeNull()
    expect(press('C', { shiftKey: true })).toBeNull()
  })
})
