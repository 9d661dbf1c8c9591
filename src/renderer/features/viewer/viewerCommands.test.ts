import { describe, expect, it } from 'vitest'
import { chordOf, type KeyPress } from '../../commands/keys.ts'
import { commandFor } from '../../commands/registry.ts'
import { type ViewerCommand, viewerCommands } from './viewerCommands.ts'

const said: ViewerCommand[] = []
const commands = viewerCommands((command) => said.push(command))

/** What a press of a key says to the viewer. */
function press(key: string, modifiers: Partial<KeyPress> = {}): ViewerCommand | null {
  const chord = chordOf({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...modifiers }, false)
  const command = chord === null ? null : commandFor(chord, 'triage', { commands, customKeys: {} })
  void command?.run()
  return command === null ? null : (said.at(-1) ?? null)
}

describe('keys of the viewer', () => {
  it('walk with arrows and pan with Shift and arrows', () => {
    expect(press('ArrowRight')).toEqual({ kind: 'next' })
    expect(press('ArrowDown')).toEqual({ kind: 'line', step: 1 })
    expect(press('ArrowRight', { shiftKey: true })).toEqual({ kind: 'pan', x: 1, y: 0 })
  })

  it('rate with digits and zoom with Ctrl or Cmd and digits', () => {
    expect(press('1')).toEqual({ kind: 'rate', rating: 1 })
    expect(press('0')).toEqual({ kind: 'rate', rating: 0 })
    expect(press('1', { ctrlKey: true })).toEqual({ kind: 'actual-size' })
    expect(press('0', { metaKey: true })).toEqual({ kind: 'fit' })
    expect(press('6')).toBeNull()
  })

  it('undo with Z, with and without Ctrl or Cmd, and leave redo to the window', () => {
    expect(press('z')).toEqual({ kind: 'undo' })
    expect(press('z', { ctrlKey: true })).toEqual({ kind: 'undo' })
    expect(press('Z', { ctrlKey: true, shiftKey: true })).toBeNull()
  })

  it('decide with one key each, also with Caps Lock', () => {
    expect(press('K')).toEqual({ kind: 'keep' })
    expect(press('x')).toEqual({ kind: 'discard' })
    expect(press('c')).toEqual({ kind: 'collect' })
  })

  it('step through frames and change the speed', () => {
    expect(press('.')).toEqual({ kind: 'frame', step: 1 })
    expect(press('[')).toEqual({ kind: 'speed', step: -1 })
  })

  it('never mean two things', () => {
    const keys = commands.flatMap(({ keys: chords = [] }) => chords)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('leave other shortcuts alone', () => {
    expect(press('f', { ctrlKey: true })).toBeNull()
    expect(press('ArrowLeft', { altKey: true })).toBeNull()
    expect(press('q')).toBeNull()
  })
})
