import { BrowserWindow, nativeTheme, screen } from 'electron'
import type { Log } from './log.ts'
import type { WindowBounds } from './settings.ts'
import { MINIMUM_SIZE, placeWindow } from './windowBounds.ts'

/** The page's own ground (`--surface-0`), so that a window never flashes white. */
const GROUND = { dark: '#141414', light: '#ffffff' } as const
const SAVE_BOUNDS_AFTER_MS = 500
/** A page that has crashed this often within a minute is not loaded again. */
const CRASHES_TO_GIVE_UP = 3
const CRASH_WINDOW_MS = 60_000

export interface AppWindowOptions {
  readonly url: string
  /** Absolute path of the preload script. */
  readonly preload: string
  readonly development: boolean
  readonly log: Log
  /** Where it was; null for one that was nowhere yet. */
  readonly bounds: WindowBounds | null
  /** Told of a new place or size, soon after it. */
  readonly onBounds: (bounds: WindowBounds) => void
  /** The page keeps crashing. */
  readonly onGivenUp: () => void
}

/** Opens a window where it was last, sandboxed, and shows it once there is something to see. */
export function openAppWindow(options: AppWindowOptions): BrowserWindow {
  const { bounds, log } = options
  const displays = screen.getAllDisplays()
  const primary = screen.getPrimaryDisplay()
  const workAreas = [primary, ...displays.filter(({ id }) => id !== primary.id)].map(({ workArea }) => workArea)
  const window = new BrowserWindow({
    ...placeWindow(bounds, workAreas),
    minWidth: MINIMUM_SIZE.width,
    minHeight: MINIMUM_SIZE.height,
    show: false,
    title: 'Vitrine',
    backgroundColor: ground(),
    webPreferences: {
      preload: options.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      devTools: options.development,
    },
  })
  window.once('ready-to-show', () => {
    if (bounds?.maximized) window.maximize()
    window.show()
    log.info('window', 'Shown')
  })
  // The shell names the window after the library.
  window.on('page-title-updated', (event) => event.preventDefault())
  const followTheme = () => window.setBackgroundColor(ground())
  nativeTheme.on('updated', followTheme)
  window.once('closed', () => nativeTheme.off('updated', followTheme))
  rememberBounds(window, options.onBounds)
  recoverPage(window, options)
  window.loadURL(options.url).catch((error: unknown) => log.error('window', `${options.url} can't be loaded`, error))
  return window
}

function ground(): string {
  return nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light
}

function rememberBounds(window: BrowserWindow, onBounds: (bounds: WindowBounds) => void): void {
  let timer: NodeJS.Timeout | undefined
  const save = () => {
    clearTimeout(timer)
    timer = undefined
    onBounds({ ...window.getNormalBounds(), maximized: window.isMaximized() })
  }
  const saveSoon = () => {
    timer ??= setTimeout(save, SAVE_BOUNDS_AFTER_MS)
  }
  window.on('resize', saveSoon)
  window.on('move', saveSoon)
  window.on('maximize', saveSoon)
  window.on('unmaximize', saveSoon)
  window.on('close', save)
  window.once('closed', () => clearTimeout(timer))
}

/** The page holds no truth, so after a crash it is simply loaded again. */
function recoverPage(window: BrowserWindow, { log, onGivenUp }: AppWindowOptions): void {
  let crashes: number[] = []
  window.webContents.on('render-process-gone', (_, { reason, exitCode }) => {
    if (reason === 'clean-exit') return
    const now = Date.now()
    crashes = [...crashes.filter((at) => now - at < CRASH_WINDOW_MS), now]
    log.error('window', `The page's process is gone: ${reason} (${exitCode})`)
    if (crashes.length >= CRASHES_TO_GIVE_UP) onGivenUp()
    else window.webContents.reload()
  })
  window.webContents.on('preload-error', (_, path, error) => log.error('window', `${path} failed`, error))
}
