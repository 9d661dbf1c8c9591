import { describe, expect, it } from 'vitest'
import { menuEntrySchema } from '../../../shared/contract/requests/menuRequests.ts'
import { everyMode } from '../command.ts'
import { isReserved } from '../conflicts.ts'
import { menuEntriesOf } from '../menuEntries.ts'
import { commandsOf } from '../registry.ts'
import { windowCommands } from './windowCommands.ts'

describe('the commands of the window', () => {
  it('are what the native menu takes, in every mode', () => {
    for (const mode of everyMode) {
      const entries = menuEntriesOf(mode, windowCommands, {})
      expect(menuEntrySchema.array().max(300).safeParse(entries).error).toBeUndefined()
      expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length)
    }
  })

  it('have titles that nobody confuses', () => {
    const titles = windowCommands.map(({ title }) => title)
    expect(titles.filter((title, at) => titles.indexOf(title) !== at)).toEqual([])
  })

  it.each(everyMode)('share no keys in the mode “%s”', (mode) => {
    const owners = new Map<string, string>()
    for (const { id, keys = [] } of commandsOf(mode, windowCommands)) {
      for (const chord of keys) {
        expect([chord, owners.get(chord)]).toEqual([chord, undefined])
        expect([chord, isReserved(chord)]).toEqual([chord, false])
        owners.set(chord, id)
      }
    }
  })

  it('can be told where there is no library: at least to open one', () => {
    const ids = commandsOf('start', windowCommands).map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining(['open-library', 'new-library', 'new-window', 'show-log']))
    expect(ids).not.toContain('trash')
  })
})
