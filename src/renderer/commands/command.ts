import type { MenuName } from '../../shared/contract/requests/menuRequests.ts'

/** What covers the window: it decides what keys mean. `start` is the window without a library. */
export type Mode = 'start' | 'browse' | 'duplicates' | 'viewer' | 'triage' | 'compare'

/**
 * Something a person can tell the window to do. From these come keys, the sheet of shortcuts, native menus and the
 * command palette, so a new command only has to be registered.
 */
export interface Command {
  /**
   * Its name for good: the native menu and shortcuts that a person has changed refer to it. Letters, digits, `-` and `.`.
   * Several commands may share a name if they mean the same in different modes (keep one; keep and go on to the next).
   */
  readonly id: string
  readonly title: string
  /** Heading of the sheet and of the palette under which it stands. */
  readonly group: string
  /** Its usual chords (see keys.ts), the one to show first. */
  readonly keys?: readonly string[]
  /** Where it can be used; left out: wherever there is a library and nothing covers the window. */
  readonly modes?: readonly Mode[]
  /** Its chords with Mod also work while somebody types. */
  readonly whileTyping?: boolean
  /** Its place in the native menu; left out: it has none there. Commands of a section stand together, in this order. */
  readonly menu?: { readonly in: MenuName; readonly section: number }
  /** More words that the palette finds it by. */
  readonly words?: readonly string[]
  /** Commands that are one line of the sheet (the ratings): its title and keys as they are written there. */
  readonly series?: { readonly title: string; readonly keys: readonly string[] }
  /** Whether it would do something now. Menus show it accordingly; keys run it all the same, so that it can say why not. */
  readonly enabled?: () => boolean
  readonly run: () => unknown
}

/** Where a command can be used that doesn't say. */
export const usualModes: readonly Mode[] = ['browse', 'duplicates']

/** Where there is a library. */
export const libraryModes: readonly Mode[] = ['browse', 'duplicates', 'viewer', 'triage', 'compare']

/** Everywhere. */
export const everyMode: readonly Mode[] = ['start', ...libraryModes]
