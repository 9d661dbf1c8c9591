import { useEffect } from 'react'
import { rate } from '../actions/assets.ts'
import { subscribe } from '../api/client.ts'
import { usePanels } from '../state/panels.ts'
import { useViewer } from '../state/viewer.ts'
import { type Command, commands } from './commands.ts'
import { meaningOf } from './keymap.ts'

const isMac = /mac/i.test(navigator.platform)

/** Commands that also work while something is typed: those with Ctrl, without the ones a text field has itself. */
const whileTyping: ReadonlySet<Command> = new Set([
  'import',
  'find',
  'new-collection',
  'toggle-sidebar',
  'settings',
  'view-workspace',
  'view-library',
  'view-requests',
])

/** What the viewer, which covers the grid, leaves to the window. It has keys of its own for the rest. */
const whileViewing: ReadonlySet<Command> = new Set(['undo', 'redo', 'collect', 'shortcuts'])

/** Runs commands for keys and for entries of the native menu. */
export function useShortcuts(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const meaning = meaningOf(event, isMac)
      if (meaning === null || isDialogOpen()) return
      const viewing = useViewer.getState().rowId !== null
      if ('rating' in meaning) {
        if (isTyping() || viewing) return
        event.preventDefault()
        void rate(meaning.rating)
        return
      }
      if (isTyping() && !(whileTyping.has(meaning.command) && (event.ctrlKey || event.metaKey))) return
      if (viewing && !whileViewing.has(meaning.command)) return
      event.preventDefault()
      commands[meaning.command]()
    }
    window.addEventListener('keydown', onKeyDown)
    const stopMenu = subscribe('menu.command', runFromMenu)
    return () => {
      window.removeEventListener('keydown', onKeyDown)
      stopMenu()
    }
  }, [])
}

/** The menu's Undo and Select All mean the text while one is being typed. */
function runFromMenu(command: Command): void {
  const editing = { undo: 'undo', redo: 'redo', 'select-all': 'selectAll' }[command as string]
  if (isTyping() && editing !== undefined) document.execCommand(editing)
  else if (!isDialogOpen() || command === 'settings' || command === 'shortcuts') commands[command]()
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
