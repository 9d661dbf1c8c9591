import { Search } from 'lucide-react'
import { useMemo, useState } from 'react'
import { flushSync } from 'react-dom'
import { currentMode } from '../../commands/mode.ts'
import { commandsOf } from '../../commands/registry.ts'
import { useLibrary } from '../../queries/library.ts'
import { useRecentLibraries } from '../../queries/recentLibraries.ts'
import { setSearchText } from '../../state/browse.ts'
import { rememberPicked, usePaletteHistory } from '../../state/paletteHistory.ts'
import { closeDialog, usePanels } from '../../state/panels.ts'
import { useRecentSearches } from '../../state/recentSearches.ts'
import { palette as strings } from '../../strings/palette.ts'
import { Picker, PickerLine, PickerRemark } from '../../ui/Picker.tsx'
import { type PaletteEntry, paletteEntries } from './paletteEntries.tsx'
import { rankEntries } from './rankEntries.ts'

/** More lines than these help nobody; typing finds the rest. */
const SHOWN = 50

/** Finds a command, a place, a collection, a tag or a search by typing, and does it or goes there. */
export function CommandPalette() {
  const open = usePanels((panels) => panels.dialog === 'palette')
  return open ? <OpenPalette /> : null
}

function OpenPalette() {
  const [typed, setTyped] = useState('')
  const entries = useEntries()
  // At once, however many there are: the list marks its first line for Enter as soon as something is typed.
  const found = useMemo(() => rankEntries(entries, typed, SHOWN + 1), [entries, typed])
  const pick = (entry: PaletteEntry) => {
    rememberPicked(entry.key)
    closeAndRun(entry.run)
  }
  return (
    <Picker
      title={strings.title}
      search={strings.search}
      list={strings.list}
      wide
      filtering={{ by: 'owner', text: typed, onText: setTyped }}
      onClose={closeDialog}
    >
      {found.slice(0, SHOWN).map((entry) => (
        <PickerLine
          key={entry.key}
          value={entry.key}
          icon={entry.icon}
          name={entry.title}
          within={entry.within}
          note={entry.note}
          onPick={() => pick(entry)}
        />
      ))}
      {typed.trim() === '' ? null : (
        <PickerLine
          value="search for"
          icon={<Search aria-hidden="true" />}
          name={strings.searchFor(typed.trim())}
          onPick={() => closeAndRun(() => setSearchText(typed.trim()))}
        />
      )}
      {found.length > SHOWN ? <PickerRemark>{strings.goOn}</PickerRemark> : null}
    </Picker>
  )
}

/** What there is when the palette opens, what was picked lately in front. */
function useEntries(): readonly PaletteEntry[] {
  const collections = useLibrary((library) => library.collections)
  const tags = useLibrary((library) => library.tags)
  const path = useLibrary((library) => library.info?.path ?? null)
  const searches = useRecentSearches((recent) => recent.searches)
  const libraries = useRecentLibraries(path)
  // As it was when the palette opened: what covers the window now is the palette itself.
  const [commands] = useState(() => commandsOf(currentMode()))
  const [picked] = useState(() => usePaletteHistory.getState().picked)
  return useMemo(() => {
    const all = paletteEntries({ commands, collections, tags, searches, libraries: libraries ?? [] })
    const places = new Map(picked.map((key, at) => [key, at]))
    const rank = ({ key }: PaletteEntry) => places.get(key) ?? places.size
    return all.toSorted((a, b) => rank(a) - rank(b))
  }, [commands, collections, tags, searches, libraries, picked])
}

/**
 * What is picked may want the keyboard for itself, or ask whether a dialog is open: it runs when the palette is gone and
 * has given the keyboard back.
 */
function closeAndRun(run: () => unknown): void {
  flushSync(closeDialog)
  setTimeout(() => void run(), 0)
}
