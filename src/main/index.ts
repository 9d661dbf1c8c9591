import { join } from 'node:path'
import { app, ipcMain, nativeTheme, session } from 'electron'
import { channels } from '../shared/contract/bridge.ts'
import { fromErrorData } from '../shared/contract/errors.ts'
import { assetDetailSchema } from '../shared/contract/requests/assetRequests.ts'
import { cloudRequests } from '../shared/contract/requests/cloudRequests.ts'
import { syncStatusSchema } from '../shared/domain/remote.ts'
import { createAppAnswer } from './shell/appProtocol.ts'
import { AppWindows } from './shell/appWindows.ts'
import { createAssetAnswer } from './shell/assetProtocol.ts'
import { pathOfDrawing } from './shell/copyPicture.ts'
import { keepInStep, openCredentials } from './shell/credentials.ts'
import { defaultLibrary } from './shell/defaultLibrary.ts'
import { showFatal } from './shell/dialogs.ts'
import { createDragOut } from './shell/dragOut.ts'
import { EngineNews } from './shell/engineNews.ts'
import { engineProgram } from './shell/enginePaths.ts'
import { EngineSupervisor } from './shell/engineSupervisor.ts'
import { handOverCredentials } from './shell/handOverCredentials.ts'
import { createRouter } from './shell/ipcRouter.ts'
import { systemKeychain } from './shell/keychain.ts'
import { Libraries } from './shell/libraries.ts'
import { type Log, openLog } from './shell/log.ts'
import { MenuBar } from './shell/menuBar.ts'
import { createNotifier } from './shell/notifier.ts'
import { createOpenedCopies } from './shell/openedCopies.ts'
import { createOpenWith } from './shell/openWith.ts'
import { type PageOrigin, pageOrigin } from './shell/pageOrigin.ts'
import { createPosterWindow, type PosterWindow } from './shell/posterWindow.ts'
import { registerSchemes, serveSchemes } from './shell/protocols.ts'
import { keepKeysInStep, openRemoteKeys } from './shell/remoteKeys.ts'
import { secureAllContents, secureSession } from './shell/security.ts'
import { openSettings, type SettingsStore } from './shell/settings.ts'
import { shellRequests } from './shell/shellRequests.ts'
import { startLibrary } from './shell/startLibrary.ts'
import { watchSystemConditions } from './shell/systemConditions.ts'
import { tellConditions } from './shell/tellConditions.ts'
import { TrayIcon } from './shell/trayIcon.ts'

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

  const posters = Promise.withResolvers<PosterWindow>()
  const news = new EngineNews()
  const supervisor: EngineSupervisor = new EngineSupervisor({
    program: () =>
      engineProgram({
        packaged: app.isPackaged,
        resources: process.resourcesPath,
        app: app.getAppPath(),
        platform: process.platform,
        env: process.env,
      }),
    log,
    onState: (state) => news.tellState(state),
    onEvent: (event) => news.tellEvent(event),
    onSilent: (since) => news.tellSilence(since),
    known: (path) => libraries.nameAt(path),
    capture: async (assetId) => (await posters.promise).capture(assetId),
  })
  const libraries: Libraries = new Libraries({ supervisor, settings, log })
  news.onState((state) => libraries.follow(state))
  // Before the app is ready, and not only because it is sooner: a program started while Chromium starts its own inherits
  // their sockets on Linux, and Chromium then never learns that one of them has ended (its GPU process, say).
  const first = startLibrary(process.env, process.argv, settings.current.library, defaultLibrary)
  if (first !== null) inBackground(`Opening ${first.path}`, supervisor.open(first.path, first.create), log)
  app
    .whenReady()
    .then(() => run({ data, page, settings, log, news, supervisor, libraries, posters }))
    .catch(fatal)
}

interface Program {
  /** Folder of settings, keys and log. */
  readonly data: string
  readonly page: PageOrigin
  readonly settings: SettingsStore
  readonly log: Log
  readonly news: EngineNews
  readonly supervisor: EngineSupervisor
  readonly libraries: Libraries
  /** Resolved when the app is ready. */
  readonly posters: PromiseWithResolvers<PosterWindow>
}

function run({ data, page, settings, log, news, supervisor, libraries, ...program }: Program): void {
  const appFolder = app.getAppPath()
  const keychain = systemKeychain()
  const credentials = openCredentials(join(data, 'credentials.json'), keychain, log)
  const remoteKeys = openRemoteKeys(join(data, 'remote-keys.json'), keychain, log)
  const conditions = tellConditions(supervisor, watchSystemConditions, log)
  news.onState((state) => {
    if (state.state !== 'ready') return
    conditions.again()
    void handOverCredentials(supervisor, credentials, remoteKeys, log)
  })

  secureSession(session.defaultSession, page, log)
  const answers = {
    app: createAppAnswer(join(appFolder, 'out', 'renderer')),
    asset: createAssetAnswer({
      // Thumbnails need no engine, so they are still served while it is started again.
      library: () => news.library,
      asset: async (id) => assetDetailSchema.parse(await supervisor.request('assets.get', { id })),
      async fetchOriginal(id) {
        const { failed } = cloudRequests['sync.fetch'].output.parse(
          await supervisor.request('sync.fetch', { ids: [id] }),
        )
        const [failure] = failed
        if (failure) throw fromErrorData(failure)
      },
      used(id) {
        // Whoever waits for the picture does not wait for this.
        supervisor.request('originals.used', { ids: [id] }).catch((error) => log.warn('asset', String(error)))
      },
      draw: async ({ id, page, side }) => pathOfDrawing(await supervisor.request('assets.draw', { id, page, side })),
      log,
    }),
  }
  serveSchemes(session.defaultSession, page, answers)
  const posters = createPosterWindow({ page, ...answers, log })

  const menu = new MenuBar({
    development: !app.isPackaged,
    command: (id) => windows.front && windows.pushTo(windows.front, 'menu.command', id),
    openLibrary(path) {
      windows.show()
      if (windows.front) windows.pushTo(windows.front, 'menu.openLibrary', { path })
    },
  })
  const windows: AppWindows = new AppWindows({
    url: page.url,
    preload: join(appFolder, 'out', 'preload', 'index.cjs'),
    settings,
    development: !app.isPackaged,
    log,
    onGivenUp: () => {
      showFatal(`The window crashed again and again. The log has the details: ${log.path}`)
      app.quit()
    },
    onFront: (window) => menu.setFront(window?.webContents.id ?? null),
    onClosed: (contents) => {
      menu.forget(contents)
      // Or the program would never see that its last window was closed.
      if (windows.all.length === 0) posters.close()
    },
  })
  const notify = createNotifier({
    wanted: () => settings.current.notifications && !windows.focused,
    onClick: ({ command }) => {
      windows.show()
      if (command !== null && windows.front) windows.pushTo(windows.front, 'menu.command', command)
    },
    log,
  })
  const dragOut = createDragOut({
    engine: supervisor,
    iconOf: (path) => app.getFileIcon(path),
    onCarried(sender, rowIds) {
      for (const window of windows.all) {
        if (window.webContents.id !== sender)
          windows.pushTo(window, 'assets.carried', { rowIds: rowIds && [...rowIds] })
      }
    },
  })
  const copies = createOpenedCopies({
    engine: supervisor,
    onSaved: (saved) => windows.push('copy.saved', saved),
    log,
  })
  const tray = new TrayIcon({
    icon: join(appFolder, 'resources', 'icon.png'),
    actions: {
      show: () => windows.show(),
      pauseSync: (paused) => inBackground('Pausing sync', supervisor.request('sync.pause', { paused }), log),
      quit: () => app.quit(),
    },
    log,
  })
  tray.setShown(settings.current.tray)
  const tellRecent = () => {
    const open = supervisor.state.state === 'ready' ? supervisor.state.library.path : null
    menu.setRecent(
      settings.current.recent.filter(({ path }) => path !== open).map(({ path, name }) => ({ path, name })),
    )
  }
  news.onState(tellRecent)
  tellRecent()
  connect({ news, windows, notify, tray, supervisor, log })

  ipcMain.handle(
    channels.request,
    createRouter({
      page,
      isOurWindow: (id) => windows.has(id),
      engine: async (name, input) => {
        const output = await supervisor.request(name, input)
        await keepInStep(credentials, name, input, output)
        await keepKeysInStep(supervisor, remoteKeys, name, input, output)
        return output
      },
      shell: shellRequests({
        supervisor,
        libraries,
        settings,
        keychain: keychain.available,
        credentials,
        remoteKeys,
        log,
        windows,
        dragOut,
        openWith: createOpenWith({ engine: supervisor, copies }),
        onRecent: tellRecent,
        menu: (sender, entries) => menu.update(sender, entries),
        onPreferences: (preferences) => {
          nativeTheme.themeSource = preferences.theme
          windows.setZoom(preferences.zoom)
          tray.setShown(preferences.tray)
          windows.push('preferences.changed', preferences)
        },
      }),
      log,
    }),
  )

  app.on('second-instance', () => windows.show())
  app.on('activate', () => windows.show())
  app.on('window-all-closed', () => {
    const stays = process.platform === 'darwin' || (settings.current.background && tray.isShown)
    if (!stays) app.quit()
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
    conditions.stop()
    dragOut.close()
    libraries.close()
    const engineClosed = copies.close().then(() => supervisor.close())
    void Promise.allSettled([engineClosed, settings.settled(), credentials.settled(), remoteKeys.settled()]).then(
      () => {
        ended = true
        log.info('shell', 'Ended')
        log.flush()
        app.quit()
      },
    )
  })

  windows.show()
  program.posters.resolve({
    ...posters,
    capture: async (assetId) =>
      windows.all.length === 0
        ? { ok: false, reason: 'unavailable', message: 'No window is open.' }
        : posters.capture(assetId),
  })
}

/** Whoever wants to know what the engine says. */
function connect({
  news,
  windows,
  notify,
  tray,
  supervisor,
  log,
}: Pick<Program, 'news' | 'supervisor' | 'log'> & {
  readonly windows: AppWindows
  readonly notify: ReturnType<typeof createNotifier>
  readonly tray: TrayIcon
}): void {
  news.onState((state) => {
    windows.setTitle(state.state === 'ready' ? `${state.library.name} – Vitrine` : 'Vitrine')
    windows.push('engine.state', state)
    tray.update(state, news.sync)
    if (state.state !== 'ready') return
    const asked = supervisor.request('sync.status', undefined)
    inBackground(
      'Asking for the state of sync',
      asked.then((status) => news.learnSync(syncStatusSchema.parse(status))),
      log,
    )
  })
  news.onEvent(({ name, payload }) => windows.push(name, payload))
  news.onSync((sync) => tray.update(supervisor.state, sync))
  news.onSilence((since) => windows.push('engine.silent', { since: since?.toISOString() ?? null }))
  news.onNotices(notify)
}

/** For what a person need not wait for; the window learns of a library's failure by the engine's state. */
function inBackground(what: string, work: Promise<unknown>, log: Log): void {
  work.catch((error: unknown) => log.warn('shell', `${what} failed`, error))
}
