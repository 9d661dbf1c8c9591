import { Menu, nativeImage, Tray } from 'electron'
import type { EngineState } from '../../shared/contract/requests/shellRequests.ts'
import type { SyncStatus } from '../../shared/domain/remote.ts'
import type { Log } from './log.ts'
import { trayLine, trayMenu } from './trayMenu.ts'

interface TrayIconOptions {
  /** Absolute path of a square PNG. */
  readonly icon: string
  readonly actions: Parameters<typeof trayMenu>[2]
  readonly log: Log
}

/** Side of the icon in the tray, device-independent pixels. */
const SIDE = process.platform === 'darwin' ? 18 : 22

/** The icon among those of the system, where it has a place for them; elsewhere nothing happens. */
export class TrayIcon {
  readonly #options: TrayIconOptions
  #tray: Tray | null = null
  #engine: EngineState = { state: 'no-library' }
  #sync: SyncStatus | null = null
  #shown = ''

  constructor(options: TrayIconOptions) {
    this.#options = options
  }

  /** Whether it was put there. Linux may still not show it, which no program can know. */
  get isShown(): boolean {
    return this.#tray !== null
  }

  setShown(shown: boolean): void {
    if (!shown) {
      this.#tray?.destroy()
      this.#tray = null
      return
    }
    if (this.#tray !== null) return
    const { icon, actions, log } = this.#options
    try {
      const image = nativeImage.createFromPath(icon).resize({ width: SIDE, height: SIDE, quality: 'best' })
      this.#tray = new Tray(image)
      this.#tray.on('click', () => actions.show())
      this.#shown = ''
      this.#draw()
    } catch (error) {
      log.info('tray', 'This system has no place for an icon', error)
    }
  }

  update(engine: EngineState, sync: SyncStatus | null): void {
    this.#engine = engine
    this.#sync = sync
    this.#draw()
  }

  #draw(): void {
    if (this.#tray === null) return
    const line = trayLine(this.#engine, this.#sync)
    const shown = JSON.stringify([line, this.#engine.state, this.#sync?.state])
    // A menu that is replaced while it is open closes, and sync tells of its progress ten times a second.
    if (shown === this.#shown) return
    this.#shown = shown
    this.#tray.setToolTip(`Vitrine – ${line}`)
    this.#tray.setContextMenu(Menu.buildFromTemplate(trayMenu(this.#engine, this.#sync, this.#options.actions)))
  }
}
