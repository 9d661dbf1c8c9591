import { type Command, usualModes } from './command.ts'
import { keysOf } from './registry.ts'

type Keys = Readonly<Record<string, readonly string[]>>

/**
 * Chords that belong to the system or to whatever part of the window has the keyboard: the keys that move, press and leave,
 * and those of the clipboard, of windows and of the program itself.
 */
const RESERVED =
  /^(Shift\+)?(Escape|Tab|Enter|Space|Arrow(Left|Right|Up|Down)|Home|End|PageUp|PageDown)$|^Mod\+[CVXQWMH]$/

/** Whether nobody may give this chord to a command. */
export function isReserved(chord: string): boolean {
  return RESERVED.test(chord)
}

/** The commands that a chord already means where this one can be used, without the one itself. */
export function commandsWith(
  chord: string,
  command: Command,
  commands: readonly Command[],
  customKeys: Keys,
): readonly Command[] {
  const modes = modesOf(command.id, commands)
  const found = new Map<string, Command>()
  for (const other of commands) {
    if (other.id === command.id || found.has(other.id) || !keysOf(other, customKeys).includes(chord)) continue
    if ((other.modes ?? usualModes).some((mode) => modes.has(mode))) found.set(other.id, other)
  }
  return [...found.values()]
}

/** The chords of all commands after this one was given a chord of its own, and others have lost it. */
export function withKey(
  chord: string,
  command: Command,
  losing: readonly Command[],
  customKeys: Keys,
): Record<string, string[]> {
  const next: Record<string, string[]> = {}
  for (const [id, keys] of Object.entries(customKeys)) next[id] = [...keys]
  for (const other of losing) next[other.id] = keysOf(other, customKeys).filter((key) => key !== chord)
  next[command.id] = [chord]
  return next
}

function modesOf(id: string, commands: readonly Command[]): ReadonlySet<string> {
  return new Set(commands.flatMap((other) => (other.id === id ? (other.modes ?? usualModes) : [])))
}
