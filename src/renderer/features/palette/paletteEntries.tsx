import { CornerDownRight, Layers, Search } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Collection } from '../../../shared/domain/collection.ts'
import type { Tag } from '../../../shared/domain/tag.ts'
import { openLibrary } from '../../actions/library.ts'
import type { Command } from '../../commands/command.ts'
import { chordText } from '../../commands/keys.ts'
import { keysOf } from '../../commands/registry.ts'
import { collectionPicks, tagPicks } from '../../queries/picks.tsx'
import type { RecentLibraries } from '../../queries/recentLibraries.ts'
import { findEverywhere, openView, setSearchText } from '../../state/browse.ts'
import { libraries as libraryStrings } from '../../strings/libraries.ts'
import { palette as strings } from '../../strings/palette.ts'
import type { Findable } from './rankEntries.ts'

/** Something to pick in the palette. */
export interface PaletteEntry extends Findable {
  /** Tells it from all others, and is remembered when it was picked. */
  readonly key: string
  readonly icon: ReactNode
  /** At the end of its line: its shortcut, or how much there is. */
  readonly note?: string | undefined
  readonly run: () => unknown
}

interface PaletteSources {
  readonly commands: readonly Command[]
  readonly collections: readonly Collection[]
  readonly tags: readonly Tag[]
  readonly searches: readonly string[]
  readonly libraries: RecentLibraries
}

/** Everything that the palette can find. Commands that would do nothing now are left out. */
export function paletteEntries({ commands, collections, tags, searches, libraries }: PaletteSources): PaletteEntry[] {
  return [
    ...commands.flatMap((command) => commandEntry(command)),
    ...collectionPicks(collections, () => true).map(({ id, name, within, icon, note }) => ({
      key: `collection ${id}`,
      title: name,
      within: within === '' ? strings.collection : within,
      words: [],
      icon,
      note,
      run: () => openView({ kind: 'collection', collectionId: id as Collection['id'] }),
    })),
    ...tagPicks(tags, () => true).map(({ id, name, within, words = [], icon, note }) => ({
      key: `tag ${id}`,
      title: name,
      within: within === '' ? strings.tag : within,
      words,
      icon,
      note,
      run: () => findEverywhere('tag', name),
    })),
    ...searches.map((search) => ({
      key: `search ${search}`,
      title: search,
      within: strings.searched,
      words: [],
      icon: <Search aria-hidden="true" />,
      run: () => setSearchText(search),
    })),
    ...libraries
      .filter(({ there }) => there)
      .map(({ path, name }) => ({
        key: `library ${path}`,
        title: libraryStrings.switchTo(name),
        within: path,
        words: [],
        icon: <Layers aria-hidden="true" />,
        run: () => openLibrary(path),
      })),
  ]
}

function commandEntry(command: Command): PaletteEntry[] {
  if (command.id === 'palette' || command.enabled?.() === false) return []
  const [chord] = keysOf(command)
  const { id, title, group, words = [], run } = command
  return [
    {
      key: `command ${id}`,
      title,
      within: group,
      words,
      icon: <CornerDownRight aria-hidden="true" />,
      note: chord === undefined ? undefined : chordText(chord),
      run,
    },
  ]
}
