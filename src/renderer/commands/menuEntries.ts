import type { MenuEntry } from '../../shared/contract/requests/menuRequests.ts'
import type { Command, Mode } from './command.ts'
import { appliesIn, keysOf } from './registry.ts'

/**
 * What the native menu shows of the commands. All of them stand there all the time, so that nothing jumps about; what
 * can't be used in this mode, or would do nothing now, is disabled.
 */
export function menuEntriesOf(
  mode: Mode,
  commands: readonly Command[],
  customKeys: Readonly<Record<string, readonly string[]>>,
): MenuEntry[] {
  const byName = new Map<string, Command>()
  for (const command of commands) {
    const before = byName.get(command.id)
    // What applies now, else what was there first.
    if (before === undefined || appliesIn(command, mode)) byName.set(command.id, command)
  }
  // A variant for one mode need not say where the first one stands in the menu.
  const places = new Map<string, NonNullable<Command['menu']>>()
  for (const { id, menu } of commands) if (menu !== undefined && !places.has(id)) places.set(id, menu)
  const shown = [...byName.values()].filter(({ id }) => places.has(id))
  // In modes of their own two commands may have one chord. It stands beside the one that it means now: the system takes a chord
  // of a menu for that of the first entry that has it.
  const chords = new Map<string, string>()
  const here = (command: Command) => appliesIn(command, mode)
  for (const command of [...shown.filter(here), ...shown.filter((one) => !here(one))]) {
    const [chord] = keysOf(command, customKeys)
    if (chord !== undefined && !chords.has(chord)) chords.set(chord, command.id)
  }
  return shown.flatMap((command) => {
    const place = places.get(command.id)
    if (place === undefined) return []
    const enabled = here(command) && (command.enabled?.() ?? true)
    const { id, title } = command
    const [chord] = keysOf(command, customKeys)
    const isMeant = chord !== undefined && chords.get(chord) === id
    return { id, title, menu: place.in, section: place.section, chord: isMeant ? chord : null, enabled }
  })
}
