import { Menu } from 'electron'
import type { MenuEntry } from '../../shared/contract/requests/menuRequests.ts'
import { menuTemplate, type RecentEntry } from './menu.ts'

interface MenuBarOptions {
  readonly development: boolean
  /** A command was chosen while a window was in front. */
  readonly command: (id: string) => void
  readonly openLibrary: (path: string) => void
}

/** The native menu of whichever window is in front. */
export class MenuBar {
  readonly #options: MenuBarOptions
  /** What each window told of, by the id of its page's contents. */
  readonly #entries = new Map<number, readonly MenuEntry[]>()
  #front: number | null = null
  #shown: string | null = null
  #recent: readonly RecentEntry[] = []

  constructor(options: MenuBarOptions) {
    this.#options = options
    this.#show([])
  }

  /** What the menu of a window has from now on. */
  update(contents: number, entries: readonly MenuEntry[]): void {
    this.#entries.set(contents, entries)
    if (this.#front === contents) this.#show(entries)
  }

  /** Shows the menu of this window; of none, on macOS, what it would have is there but does nothing. */
  setFront(contents: number | null): void {
    const entries = (contents === null ? this.#entriesOfFront() : this.#entries.get(contents)) ?? []
    this.#front = contents
    this.#show(contents === null ? entries.map((entry) => ({ ...entry, enabled: false })) : entries)
  }

  /** What the menu offers to open again from now on. */
  setRecent(recent: readonly RecentEntry[]): void {
    this.#recent = recent
    this.setFront(this.#front)
  }

  forget(contents: number): void {
    this.#entries.delete(contents)
  }

  #entriesOfFront(): readonly MenuEntry[] | undefined {
    return this.#front === null ? undefined : this.#entries.get(this.#front)
  }

  /** A menu is only built anew when something else than what can be used has changed: one that is open would close. */
  #show(entries: readonly MenuEntry[]): void {
    const structure = JSON.stringify([entries.map(({ enabled: _, ...rest }) => rest), this.#recent])
    const menu = Menu.getApplicationMenu()
    if (structure === this.#shown && menu !== null) {
      for (const { id, enabled } of entries) {
        const item = menu.getMenuItemById(id)
        if (item !== null) item.enabled = enabled
      }
      return
    }
    this.#shown = structure
    const { development, command, openLibrary } = this.#options
    const template = menuTemplate(
      entries,
      this.#recent,
      { command, openLibrary },
      { mac: process.platform === 'darwin', development },
    )
    Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  }
}
