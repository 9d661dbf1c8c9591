import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { app, type BrowserWindow, clipboard, ipcMain, Menu, nativeTheme, session } from 'electron'
import { channels } from '../shared/contract/bridge.ts'
import type { EventName, EventPayload } from '../shared/contract/events.ts'
import { assetDetailSchema } from '../shared/contract/requests/assetRequests.ts'
import type { EngineState } from '../shared/contract/requests/shellRequests.ts'
import { createAppAnswer } from './shell/appProtocol.ts'
import { openAppWindow } from './shell/appWindow.ts'
import { createAssetAnswer } from './shell/assetProtocol.ts'
import { pathOfDrawing } from './shell/copyPicture.ts'
import { type CredentialStore, keepInStep, openCredentials } from './shell/credentials.ts'
import { defaultLibrary } from './shell/defaultLibrary.ts'
import { chooseFolder, confirmNewLibrary, showFatal } from './shell/dialogs.ts'
import { engineProgram } from './shell/enginePaths.ts'
import { EngineSupervisor } from './shell/engineSupervisor.ts'
import { handOverCredentials } from './shell/handOverCredentials.ts'
import { createRouter } from './shell/ipcRouter.ts'
import { systemKeychain } from './shell/keychain.ts'
import { type Log, openLog } from './shell/log.ts'
import { menuTemplate } from './shell/menu.ts'
import { type PageOrigin, pageOrigin } from './shell/pageOrigin.ts'
import { createPosterWindow, type PosterWindow } from './shell/posterWindow.ts'
import { registerSchemes, serveSchemes } from './shell/protocols.ts'
import { secureAllContents, secureSession } from './shell/security.ts'
import { openSettings, type SettingsStore } from './shell/settings.ts'
import { currentDiagnostics, shellRequests, showLog } from './shell/shellRequests.ts'
import { startLibrary } from './shell/startLibrary.ts'

app.setName('Vitrine')
const profile = app.commandLine.getSwitchValue('user-data-dir')
app.setPath('userData', profile === '' ? join(app.getPath('appData'), 'Vitrine') : profile)
// Chromium can't sandbox what root runs: development and tests in a container say --no-sandbox, and this would override it.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
registerSchemes()

// One program for each profile: a second start only brings the first one forward.
if (app.requestSingleInstanceLock()) prepare()
else app.quit()

/** What has to stand before the app is ready. */
function prepare(): void {
  const data = app.getPath('userData')
  const log = openLog(join(data, 'logs'))
  log.info('shell', `Vitrine ${app.getVersion()} on Electron ${process.versions.electron}, ${process.platform}`)
  const fatal = (error: unknown) => {
    log.error('shell', 'A defect ends the program', error)
    showFatal(`Something went wrong that Vitrine can't recover from. The log has the details: ${log.path}`)
    app.exit(1)
  }
  process.on('uncaughtException', fatal)
  process.on('unhandledRejection', (reason) => log.error('shell', 'A defect: nobody handled this', reason))

  const page = pageOrigin(app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL)
  secureAllContents(page, log)
  const settings = openSettings(join(data, 'settings.json'), log)
  nativeTheme.themeSource = settings.current.theme

  const live: Live = { window: null, library: null, credentials: null, posters: Promise.withResolvers() }
  const supervisor = superviseEngine(live, log)
  // Before the app is ready, and not only because it is sooner: a program started while Chromium starts its own inherits
  // their sockets on Linux, and Chromium then never learns that one of them has ended (its GPU process, say).
  const first = startLibrary(process.env, process.argv, settings.current.library, defaultLibrary)
  if (first !== null) inBackground(`Opening ${first.path}`, supervisor.open(first.path, first.create), log)
  app
    .whenReady()
    .then(() => run({ data, page, settings, log, live, supervisor }))
    .catch(fatal)
}

/** What comes and goes while the program runs. */
interface Live {
  /** The one window; null on macOS after it was closed. */
  window: BrowserWindow | null
  /** Where thumbnails are; they need no engine, so they are still served while it is started again. */
  library: string | null
  /** Null until the app is ready and the system's keychain can be asked. */
  credentials: CredentialStore | null
  /** Resolved when the app is ready. */
  readonly posters: PromiseWithResolvers<PosterWindow>
}

interface Program {
  /** Folder of settings, keys and log. */
  readonly data: string
  readonly page: PageOrigin
  readonly settings: SettingsStore
  readonly log: Log
  readonly live: Live
  readonly supervisor: EngineSupervisor
}

function superviseEngine(live: Live, log: Log): EngineSupervisor {
  const supervisor = new EngineSupervisor({
    program: () =>
      engineProgram({
        packaged: app.isPackaged,
        resources: process.resourcesPath,
        app: app.getAppPath(),
        platform: process.platform,
        env: process.env,
      }),
    log,
    onState: (state) => {
      if (state.state === 'ready') {
        live.library = state.library.path
        if (live.credentials !== null) void handOverCredentials(supervisor, live.credentials, log)
      } else if (state.state !== 'restarting') live.library = null
      live.window?.setTitle(titleOf(state))
      push(live, 'engine.state', state)
    },
    onEvent: ({ name, payload }) => push(live, name, payload),
    capture: async (assetId) => {
      const posters = await live.posters.promise
      if (live.window === null) return { ok: false, reason: 'unavailable', message: 'No window is open.' }
      return posters.capture(assetId)
    },
  })
  return supervisor
}

function run({ data, page, settings, log, live, supervisor }: Program): void {
  const appFolder = app.getAppPath()
  const keychain = systemKeychain()
  const credentials = openCredentials(join(data, 'credentials.json'), keychain, log)
  live.credentials = credentials
  if (supervisor.state.state === 'ready') void handOverCredentials(supervisor, credentials, log)

  const openLibrary = async (path: string, create: boolean) => {
    const opened = await supervisor.open(path, create)
    await settings
      .update({ library: opened.path })
      .catch((error: unknown) => log.warn('shell', 'The last library is not remembered', error))
  }

  secureSession(session.defaultSession, page, log)
  const answers = {
    app: createAppAnswer(join(appFolder, 'out', 'renderer')),
    asset: createAssetAnswer({
      library: () => live.library,
      asset: async (id) => assetDetailSchema.parse(await supervisor.request('assets.get', { id })),
      draw: async ({ id, page, side }) => pathOfDrawing(await supervisor.request('assets.draw', { id, page, side })),
      log,
    }),
  }
  serveSchemes(session.defaultSession, page, answers)
  const posters = createPosterWindow({ page, ...answers, log })
  const parts = { supervisor, settings, keychain: keychain.available, log, window: () => live.window, openLibrary }
  ipcMain.handle(
    channels.request,
    createRouter({
      page,
      isOurWindow: (id) => live.window?.webContents.id === id,
      engine: async (name, input) => {
        const output = await supervisor.request(name, input)
        await keepInStep(credentials, name, input, output)
        return output
      },
      shell: shellRequests(parts),
      log,
    }),
  )

  const askForLibrary = async () => {
    const path = await chooseFolder(live.window, 'Open Library')
    if (path === null) return
    const create = !existsSync(join(path, 'library.json'))
    if (create && !(await confirmNewLibrary(live.window, path))) return
    await openLibrary(path, create)
  }
  const menu = menuTemplate(
    {
      command: (name) => push(live, 'menu.command', name),
      openLibrary: () => inBackground('Opening a library', askForLibrary(), log),
      showLog: () => showLog(log),
      copyDiagnostics: () => clipboard.writeText(currentDiagnostics(parts)),
    },
    { mac: process.platform === 'darwin', development: !app.isPackaged },
  )
  Menu.setApplicationMenu(Menu.buildFromTemplate(menu))

  const showWindow = () => {
    if (live.window !== null) {
      if (live.window.isMinimized()) live.window.restore()
      live.window.focus()
      return
    }
    const opened = openAppWindow({
      url: page.url,
      preload: join(appFolder, 'out', 'preload', 'index.cjs'),
      settings,
      development: !app.isPackaged,
      log,
      onGivenUp: () => {
        showFatal(`The window crashed again and again. The log has the details: ${log.path}`)
        app.quit()
      },
    })
    live.window = opened
    opened.setTitle(titleOf(supervisor.state))
    opened.once('closed', () => {
      live.window = null
      // Or the program would never see that its last window was closed.
      posters.close()
    })
  }
  app.on('second-instance', showWindow)
  app.on('activate', showWindow)
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })

  app.on('child-process-gone', (_, { type, reason, exitCode, name }) => {
    if (reason !== 'clean-exit')
      log.warn('shell', `Chromium’s process ${name ?? type} is gone: ${reason} (${exitCode})`)
  })
  let ended = false
  app.on('will-quit', (event) => {
    if (ended) return
    // The windows are gone by now; the engine ends its transaction, or is killed when it takes too long.
    event.preventDefault()
    void Promise.allSettled([supervisor.close(), settings.settled(), credentials.settled()]).then(() => {
      ended = true
      log.info('shell', 'Ended')
      log.flush()
      app.quit()
    })
  })

  showWindow()
  live.posters.resolve(posters)
}

function push<N extends EventName>(live: Live, name: N, payload: EventPayload<N>): void {
  live.window?.webContents.send(channels.event, name, payload)
}

/** For what a person need not wait for; the window learns of a library's failure by the engine's state. */
function inBackground(what: string, work: Promise<unknown>, log: Log): void {
  work.catch((error: unknown) => log.warn('shell', `${what} failed`, error))
}

function titleOf(state: EngineState): string {
  return state.state === 'ready' ? `${state.library.name} – Vitrine` : 'Vitrine'
}
