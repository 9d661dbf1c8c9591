import { useEffect, useRef } from 'react'
import { type ViewerCommand, viewerCommands } from './viewerCommands.ts'

let hear: ((command: ViewerCommand) => void) | null = null

/** The commands of the viewer and of triage. They are known while neither is open, so that menus have them in their place. */
export const commandsOfViewer = viewerCommands((command) => hear?.(command))

/** Lets the commands be heard by who shows the viewer, for as long as it does. */
export function useViewerHearing(run: (command: ViewerCommand) => void): void {
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  useEffect(() => {
    const mine = (command: ViewerCommand) => latest.current(command)
    hear = mine
    return () => {
      if (hear === mine) hear = null
    }
  }, [])
}
