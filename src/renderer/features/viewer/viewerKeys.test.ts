import { describe, expect, it } from 'vitest'
import { type KeyPress, viewerCommand } from './viewerKeys.ts'

function press(key: string, held: Partial<KeyPress> = {}): KeyPress {
  return { key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held }
}

describe('keys of the viewer', () => {
  it('walks with arrows and pans with Shift and arrows', () => {
    expect(viewerCommand(press('ArrowRight'))).toEqual({ kind: 'next' })
    expect(viewerCommand(press('ArrowRight', { shiftKey: true }))).toEqual({ kind: 'pan', x: 1, y: 0 })
  })

  it('rates with digits and zooms with Ctrl or Cmd and digits', () => {
    expect(viewerCommand(press('1'))).toEqual({ kind: 'rate', rating: 1 })
    expect(viewerCommand(press('0'))).toEqual({ kind: 'rate', rating: 0 })
    expect(viewerCommand(press('1', { ctrlKey: true }))).toEqual({ kind: 'actual-size' })
    expect(viewerCommand(press('0', { metaKey: true }))).toEqual({ kind: 'fit' })
    expect(viewerCommand(press('6'))).toBeNull()
  })

  it('undoes with Z, with and without Ctrl or Cmd, and leaves redo to the application', () => {
    expect(viewerCommand(press('z'))).toEqual({ kind: 'undo' })
    expect(viewerCommand(press('z', { ctrlKey: true }))).toEqual({ kind: 'undo' })
    expect(viewerCommand(press('Z', { ctrlKey: true, shiftKey: true }))).toBeNull()
  })

  it('reads letters in either case, so that Caps Lock changes nothing', () => {
    expect(viewerCommand(press('K'))).toEqual({ kind: 'keep' })
    expect(viewerCommand(press('x'))).toEqual({ kind: 'discard' })
  })

  it('leaves other shortcuts alone', () => {
    expect(viewerCommand(press('f', { ctrlKey: true }))).toBeNull()
    expect(viewerCommand(press('ArrowLeft', { altKey: true }))).toBeNull()
    expect(viewerCommand(press('q'))).toBeNull()
  })
})
