import { create } from 'zustand'
import { type Command, type Mode, usualModes } from './command.ts'
import { currentMode } from './mode.ts'

/** Keys that belong to a part of the window and are no commands, such as arrows: only the sheet shows them. */
export interface KeyHint {
  readonly group: string
  readonly mode: Mode
  /** As they are written on the keys. */
  readonly keys: readonly string[]
  readonly meaning: string
}

interface Registry {
  /** In the order in which they were registered. */
  readonly commands: readonly Command[]
  readonly hints: readonly KeyHint[]
  /** Chords that a person gave a command instead of its usual ones; none takes them away. */
  readonly customKeys: Readonly<Record<string, readonly string[]>>
}

/** Every command that there is at the moment. */
export const useRegistry = create<Registry>()(() => ({ commands: [], hints: [], customKeys: {} }))

/** Adds commands until the returned function is called. Of commands with one name, the latest that applies is run. */
export function registerCommands(commands: readonly Command[]): () => void {
  useRegistry.setState((registry) => ({ commands: [...registry.commands, ...commands] }))
  return () =>
    useRegistry.setState((registry) => ({ commands: registry.commands.filter((other) => !commands.includes(other)) }))
}

/** Adds keys to the sheet until the returned function is called. */
export function registerKeyHints(hints: readonly KeyHint[]): () => void {
  useRegistry.setState((registry) => ({ hints: [...registry.hints, ...hints] }))
  return () => useRegistry.setState((registry) => ({ hints: registry.hints.filter((other) => !hints.includes(other)) }))
}

/** Whether a command can be used in a mode. */
export function appliesIn(command: Command, mode: Mode): boolean {
  return (command.modes ?? usualModes).includes(mode)
}

/** The commands of a mode, one for each name, in the order in which the names were registered. */
export function commandsOf(mode: Mode, commands: readonly Command[] = useRegistry.getState().commands): Command[] {
  const byName = new Map<string, Command>()
  for (const command of commands) if (appliesIn(command, mode)) byName.set(command.id, command)
  return [...byName.values()]
}

/** The chords of a command, the one to show first. */
export function keysOf(
  { id, keys = [] }: Pick<Command, 'id' | 'keys'>,
  custom: Registry['customKeys'] = useRegistry.getState().customKeys,
): readonly string[] {
  return Object.hasOwn(custom, id) ? (custom[id] ?? []) : keys
}

/** What a chord means in a mode: the latest command that has it, one to which a person gave it before all others. */
export function commandFor(
  chord: string,
  mode: Mode,
  registry: Pick<Registry, 'commands' | 'customKeys'> = useRegistry.getState(),
): Command | null {
  const found = commandsOf(mode, registry.commands).filter((command) =>
    keysOf(command, registry.customKeys).includes(chord),
  )
  return found.findLast(({ id }) => Object.hasOwn(registry.customKeys, id)) ?? found.at(-1) ?? null
}

/** Runs the command of this name that applies now. @returns false when none does */
export function runCommand(id: string): boolean {
  const command = commandsOf(currentMode()).find((other) => other.id === id)
  if (command === undefined) return false
  void command.run()
  return true
}
