import { useEffect, useRef } from 'react'
import { type CompareCommand, compareCommands } from './compareCommands.ts'

let hear: ((command: CompareCommand) => void) | null = null

/** The commands of the comparison. They are known while none is open, so that menus have them in their place. */
export const commandsOfCompare = compareCommands((command) => hear?.(command))

/** Lets the commands be heard by who shows the comparison, for as long as it does. */
export function useCompareHearing(run: (command: CompareCommand) => void): void {
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  useEffect(() => {
    const mine = (command: CompareCommand) => latest.current(command)
    hear = mine
    return () => {
      if (hear === mine) hear = null
    }
  }, [])
}
