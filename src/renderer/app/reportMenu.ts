import { request } from '../api/client.ts'
import { menuEntriesOf } from '../commands/menuEntries.ts'
import { currentMode, useEnteredModes } from '../commands/mode.ts'
import { useRegistry } from '../commands/registry.ts'
import { useLibrary } from '../queries/library.ts'
import { useVector } from '../queries/vector.ts'
import { useBrowse } from '../state/browse.ts'
import { useSelection } from '../state/selection.ts'
import { useViewer } from '../state/viewer.ts'

/** So long after a change the native menu is told: soon enough for whoever opens it, and not while an arrow key is held. */
const DELAY_MS = 150

/** Keeps the native menu in step with the commands and with what they can do, from now until the window closes. */
export function reportMenu(): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let told = ''
  const tell = () => {
    timer = undefined
    const { commands, customKeys } = useRegistry.getState()
    const entries = menuEntriesOf(currentMode(), commands, customKeys)
    const text = JSON.stringify(entries)
    if (text === told) return
    told = text
    request('shell.menu', { entries }).catch((thrown: unknown) => {
      told = ''
      console.error('The native menu could not be told of the commands', thrown)
    })
  }
  const later = () => {
    if (timer === undefined) timer = setTimeout(tell, DELAY_MS)
  }
  for (const store of [useRegistry, useEnteredModes, useLibrary, useVector, useBrowse, useSelection, useViewer]) {
    store.subscribe(later)
  }
  tell()
}
