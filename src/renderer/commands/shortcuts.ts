import { chordText } from './keys.ts'
import { keysOf, useRegistry } from './registry.ts'

/** How the first chord of a command is written on this platform; undefined when it has none. */
export function shortcutOf(id: string): string | undefined {
  const { commands, customKeys } = useRegistry.getState()
  const command = commands.find((other) => other.id === id)
  const chord = command === undefined ? undefined : keysOf(command, customKeys)[0]
  return chord === undefined ? undefined : chordText(chord)
}
