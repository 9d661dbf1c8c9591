import { chordText } from './keys.ts'
import { keysOf, useRegistry } from './registry.ts'

/** How the first chord of a command is written on this platform; undefined when it has none. */
export function shortcutOf(id: string): string | undefined {
  const { commands, customKeys } = useRegistry.getState()
  return textOf(id, commands, customKeys)
}

/** The same for a component, which shows another chord as soon as there is one. */
export function useShortcutOf(id: string): string | undefined {
  return useRegistry(({ commands, customKeys }) => textOf(id, commands, customKeys))
}

function textOf(id: string, ...[commands, customKeys]: [Registry['commands'], Registry['customKeys']]) {
  const command = commands.find((other) => other.id === id)
  const chord = command === undefined ? undefined : keysOf(command, customKeys)[0]
  return chord === undefined ? undefined : chordText(chord)
}

type Registry = ReturnType<typeof useRegistry.getState>
