import { useEffect } from 'react'
import { openLibrary } from '../actions/library.ts'
import { subscribe } from '../api/client.ts'
import { chordOf, hasModifier } from '../commands/keys.ts'
import { currentMode } from '../commands/mode.ts'
import { commandFor, runCommand } from '../commands/registry.ts'
import { usePanels } from '../state/panels.ts'

/** Dialogs that the native menu opens over another one. */
const overDialogs: ReadonlySet<string> = new Set(['settings', 'shortcuts'])
/** What a text field does itself when the menu asks for it. */
const editing: Readonly<Record<string, string>> = { undo: 'undo', redo: 'redo', 'select-all': 'selectAll' }

/** Runs commands for keys and for entries of the native menu. */
export function useCommandKeys(): void {
  useEffect(() => {
    window.addEventListener('keydown', runForKey)
    const stopMenu = subscribe('menu.command', runFromMenu)
    const stopRecent = subscribe('menu.openLibrary', ({ path }) => void openLibrary(path))
    return () => {
      window.removeEventListener('keydown', runForKey)
      stopMenu()
      stopRecent()
    }
  }, [])
}

function runForKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  const chord = chordOf(event)
  const command = chord === null ? null : commandFor(chord, currentMode())
  if (chord === null || command === null || isDialogOpen()) return
  if (isTyping() && !(command.whileTyping && hasModifier(chord))) return
  event.preventDefault()
  void command.run()
}

/** The menu's Undo and Select All mean the text while one is being typed. */
function runFromMenu(id: string): void {
  const edit = editing[id]
  if (isTyping() && edit !== undefined) document.execCommand(edit)
  else if (!isDialogOpen() || overDialogs.has(id)) runCommand(id)
}

function isTyping(): boolean {
  const active = document.activeElement
  return (
    active instanceof HTMLElement &&
    (active.isContentEditable ||
      active instanceof HTMLTextAreaElement ||
      active instanceof HTMLSelectElement ||
      (active instanceof HTMLInputElement && !['checkbox', 'radio', 'range', 'button'].includes(active.type)))
  )
}

function isDialogOpen(): boolean {
  return usePanels.getState().dialog !== null || document.querySelector('[role="menu"]') !== null
}
