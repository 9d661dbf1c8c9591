import { randomUUID } from 'node:crypto'
import { app, type BrowserWindow } from 'electron'
import { channels } from '../../shared/contract/bridge.ts'
import type { EventName, EventPayload } from '../../shared/contract/events.ts'
import { type AppWindowOptions, openAppWindow } from './appWindow.ts'
import type { Log } from './log.ts'
import type { SettingsStore, WindowRecord } from './settings.ts'
import { recordLike, withoutRecord, withRecord } from './windowRecords.ts'

interface AppWindowsOptions extends Pick<AppWindowOptions, 'url' | 'preload' | 'development' | 'log' | 'onGivenUp'> {
  readonly settings: SettingsStore
  /** A window came to the front; null when none is left. */
  readonly onFront: (window: BrowserWindow | null) => void
  /** A window is gone. @param contents the id of its page's contents */
  readonly onClosed: (contents: number) => void
}

/** The windows of the program: all show the same library, each what a person wants to see of it. */
export class AppWindows {
  readonly #options: AppWindowsOptions
  /** By the id of their page's contents. */
  readonly #open = new Map<number, { readonly window: BrowserWindow; readonly id: string }>()
  #front: BrowserWindow | null = null
  #title = 'Vitrine'
  #quitting = false

  constructor(options: AppWindowsOptions) {
    this.#options = options
    app.on('before-quit', () => {
      this.#quitting = true
    })
  }

  /** The window that a person used last; null when none is open. */
  get front(): BrowserWindow | null {
    return this.#front
  }

  get all(): readonly BrowserWindow[] {
    return [...this.#open.values()].map(({ window }) => window)
  }

  /** Whether a person looks at one of them. */
  get focused(): boolean {
    return this.all.some((window) => window.isFocused())
  }

  has(contents: number): boolean {
    return this.#open.has(contents)
  }

  /** The window of a page. */
  of(contents: number): BrowserWindow | null {
    return this.#open.get(contents)?.window ?? null
  }

  /** Brings the windows forward; opens those that were open last when there are none. */
  show(): void {
    if (this.#front !== null) {
      if (this.#front.isMinimized()) this.#front.restore()
      this.#front.show()
      this.#front.focus()
      return
    }
    const { windows } = this.#options.settings.current
    for (const record of windows.length === 0 ? [recordLike(undefined, randomUUID())] : windows) this.#show(record)
  }

  /** Opens one more, like the one that a person used last. */
  openAnother(): void {
    const front = this.#front === null ? undefined : this.#open.get(this.#front.webContents.id)
    const { windows } = this.#options.settings.current
    this.#show(recordLike(windows.find(({ id }) => id === front?.id) ?? windows[0], randomUUID()))
  }

  /** What the page of a window wanted to remember. */
  stateOf(contents: number): WindowRecord['state'] {
    const id = this.#open.get(contents)?.id
    return this.#options.settings.current.windows.find((record) => record.id === id)?.state ?? {}
  }

  /** Resolves when it is on disk. */
  async remember(contents: number, state: WindowRecord['state']): Promise<void> {
    const id = this.#open.get(contents)?.id
    if (id !== undefined) await this.#update(id, { state })
  }

  /** Names all windows. */
  setTitle(title: string): void {
    this.#title = title
    for (const window of this.all) window.setTitle(title)
  }

  /** Makes everything in all windows this much larger. */
  setZoom(zoom: number): void {
    for (const window of this.all) window.webContents.setZoomFactor(zoom)
  }

  /** Tells every page. */
  push<N extends EventName>(name: N, payload: EventPayload<N>): void {
    for (const window of this.all) send(window, name, payload)
  }

  /** Tells the page of one window. */
  pushTo<N extends EventName>(window: BrowserWindow, name: N, payload: EventPayload<N>): void {
    send(window, name, payload)
  }

  #show(record: WindowRecord): void {
    const { settings } = this.#options
    const { id } = record
    const window = openAppWindow({
      ...this.#options,
      bounds: record.bounds,
      onBounds: (bounds) => this.#store(this.#update(id, { bounds })),
    })
    const contents = window.webContents.id
    this.#open.set(contents, { window, id })
    this.#store(this.#update(id, { state: record.state }))
    window.setTitle(this.#title)
    window.webContents.on('did-finish-load', () => window.webContents.setZoomFactor(settings.current.zoom))
    window.on('focus', () => this.#bringForward(window))
    window.once('closed', () => {
      this.#open.delete(contents)
      if (!this.#quitting && this.#open.size > 0) {
        this.#store(settings.update({ windows: withoutRecord(settings.current.windows, id) }))
      }
      if (this.#front === window) this.#bringForward(this.all.at(-1) ?? null)
      this.#options.onClosed(contents)
    })
    this.#bringForward(window)
  }

  #bringForward(window: BrowserWindow | null): void {
    this.#front = window
    this.#options.onFront(window)
  }

  #update(id: string, change: Parameters<typeof withRecord>[2]): Promise<void> {
    const { settings } = this.#options
    return settings.update({ windows: withRecord(settings.current.windows, id, change) })
  }

  /** A window whose place can't be stored works all the same. */
  #store(work: Promise<void>): void {
    work.catch((error: unknown) => logUnsaved(this.#options.log, error))
  }
}

function logUnsaved(log: Log, error: unknown): void {
  log.warn('window', 'What the window remembers is not saved', error)
}

function send<N extends EventName>(window: BrowserWindow, name: N, payload: EventPayload<N>): void {
  if (!window.isDestroyed()) window.webContents.send(channels.event, name, payload)
}
