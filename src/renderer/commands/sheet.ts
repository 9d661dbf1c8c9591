import type { Command, Mode } from './command.ts'
import { chordText } from './keys.ts'
import { commandsOf, type KeyHint, keysOf } from './registry.ts'

/** A line of the sheet: keys as they are written, and what they do. */
export interface SheetLine {
  readonly keys: readonly string[]
  readonly meaning: string
}

export interface SheetGroup {
  readonly title: string
  readonly lines: readonly SheetLine[]
}

/** Every shortcut of a mode by what it is for, in the order of registration; commands of a series are one line. */
export function sheetOf(
  mode: Mode,
  {
    commands,
    hints,
    customKeys,
  }: {
    readonly commands: readonly Command[]
    readonly hints: readonly KeyHint[]
    readonly customKeys: Readonly<Record<string, readonly string[]>>
  },
): readonly SheetGroup[] {
  const groups = new Map<string, SheetLine[]>()
  const add = (group: string, line: SheetLine) => {
    const lines = groups.get(group)
    if (lines === undefined) groups.set(group, [line])
    else if (!lines.some(({ meaning }) => meaning === line.meaning)) lines.push(line)
  }
  for (const command of commandsOf(mode, commands)) {
    const chords = keysOf(command, customKeys)
    const usual = !Object.hasOwn(customKeys, command.id)
    if (chords.length === 0) continue
    if (command.series !== undefined && usual) {
      add(command.group, { keys: command.series.keys, meaning: command.series.title })
    } else add(command.group, { keys: chords.map((chord) => chordText(chord)), meaning: command.title })
  }
  for (const hint of hints) if (hint.mode === mode) add(hint.group, { keys: hint.keys, meaning: hint.meaning })
  return [...groups].map(([title, lines]) => ({ title, lines }))
}
