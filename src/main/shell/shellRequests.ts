import { existsSync } from 'node:fs'
import { mkdir, stat } from 'node:fs/promises'
import { homedir, release } from 'node:os'
import { app, type BrowserWindow, clipboard, shell } from 'electron'
import { VitrineError } from '../../shared/contract/errors.ts'
import { assetDetailSchema } from '../../shared/contract/requests/assetRequests.ts'
import { generationRequests } from '../../shared/contract/requests/generationRequests.ts'
import { libraryInfoSchema } from '../../shared/contract/requests/libraryRequests.ts'
import type { MenuEntry } from '../../shared/contract/requests/menuRequests.ts'
import type { Preferences, Settings } from '../../shared/contract/requests/shellRequests.ts'
import { copyPicture } from './copyPicture.ts'
import type { CredentialStore } from './credentials.ts'
import { defaultLibrary } from './defaultLibrary.ts'
import { diagnostics } from './diagnostics.ts'
import { chooseFiles, chooseFolder, chooseSave } from './dialogs.ts'
import type { DragOut } from './dragOut.ts'
import type { EngineSupervisor } from './engineSupervisor.ts'
import type { ShellHandlers } from './ipcRouter.ts'
import { keepSecretsOfJoined } from './keepSecretsOfJoined.ts'
import type { Libraries } from './libraries.ts'
import type { Log } from './log.ts'
import type { OpenWith } from './openWith.ts'
import type { RemoteKeyStore } from './remoteKeys.ts'
import { openExternal } from './security.ts'
import { preferencesOf, type SettingsStore } from './settings.ts'

/** What the shell does with windows, as its handlers need it. Pages are named by the id of their contents. */
interface Windows {
  of(sender: number): BrowserWindow | null
  openAnother(): void
  stateOf(sender: number): Settings['window']
  remember(sender: number, state: Settings['window']): Promise<void>
}

interface ShellParts {
  readonly supervisor: EngineSupervisor
  readonly libraries: Libraries
  readonly settings: SettingsStore
  readonly keychain: boolean
  readonly credentials: CredentialStore
  readonly remoteKeys: RemoteKeyStore
  readonly log: Log
  readonly windows: Windows
  readonly dragOut: DragOut
  readonly openWith: OpenWith
  /** The list of libraries that were open lately has changed. */
  readonly onRecent: () => void
  readonly menu: (sender: number, entries: readonly MenuEntry[]) => void
  /** What a person has set holds from now on, in all windows. */
  readonly onPreferences: (preferences: Preferences) => void
}

/** What the shell answers itself, because only it has windows, dialogs and the keychain. */
export function shellRequests(parts: ShellParts): ShellHandlers {
  const { supervisor, libraries, settings, keychain, log, windows } = parts
  const settingsOf = (sender: number) => ({ ...preferencesOf(settings.current), window: windows.stateOf(sender) })
  return {
    'shell.info': (_, sender) => ({
      version: app.getVersion(),
      platform: process.platform,
      electron: process.versions.electron,
      keychain,
      defaultLibrary: defaultLibrary(),
      settings: settingsOf(sender),
    }),
    'shell.settings': async ({ window, ...changes }, sender) => {
      if (window !== undefined) await windows.remember(sender, window)
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
      if (Object.keys(given).length > 0) {
        await settings.update(given)
        parts.onPreferences(preferencesOf(settings.current))
      }
      return settingsOf(sender)
    },
    'shell.menu': ({ entries }, sender) => {
      parts.menu(sender, entries)
      return undefined
    },
    'shell.engine': () => supervisor.state,
    'shell.chooseFolder': ({ title }, sender) => chooseFolder(windows.of(sender), title),
    'shell.chooseFiles': (_, sender) => chooseFiles(windows.of(sender)),
    'shell.chooseSave': (wanted, sender) => chooseSave(windows.of(sender), wanted),
    'shell.newWindow': () => {
      windows.openAnother()
      return undefined
    },
    'shell.recentLibraries': () => libraries.recent(),
    'shell.forgetLibrary': async ({ path }) => {
      await libraries.forget(path)
      parts.onRecent()
      return undefined
    },
    'shell.openLibrary': async ({ path, create }) => {
      await libraries.open(path, create)
      return undefined
    },
    'shell.joinLibrary': async ({ path, remote }) => {
      await libraries.open(path, true, remote)
      await keepSecretsOfJoined(supervisor, parts.credentials, parts.remoteKeys, remote)
      return undefined
    },
    'shell.retryEngine': async () => {
      await supervisor.retry()
      return undefined
    },
    'shell.restartEngine': () => {
      supervisor.restart()
      return undefined
    },
    'shell.showInFolder': async ({ id }) => {
      const asset = assetDetailSchema.parse(await supervisor.request('assets.get', { id }))
      if (!existsSync(asset.original_path)) {
        throw new VitrineError('file_vanished', `The file is not there any more: ${asset.original_path}`)
      }
      shell.showItemInFolder(asset.original_path)
      return undefined
    },
    'shell.programs': ({ id }) => parts.openWith.programs(id),
    'shell.openWith': async ({ id, program }) => {
      await parts.openWith.open(id, program)
      return undefined
    },
    'shell.openWithOther': ({ id }, sender) => parts.openWith.choose(id, windows.of(sender)),
    'shell.openDropFolder': async () => {
      const library = libraryInfoSchema.parse(await supervisor.request('library.info', undefined))
      await openFolder(library.dropFolder)
      return undefined
    },
    'shell.openRequestFolder': async (wanted) => {
      const answer = await supervisor.request('requests.get', wanted)
      const folder = generationRequests['requests.get'].output.parse(answer).drop_folder
      await mkdir(folder, { recursive: true }).catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error)
        throw new VitrineError('io_error', `The folder ${folder} could not be made.`, { reason })
      })
      await openFolder(folder)
      return undefined
    },
    'shell.openExternal': async ({ url }) => {
      await openExternal(url)
      return undefined
    },
    'shell.copyText': ({ text }) => {
      clipboard.writeText(text)
      return undefined
    },
    'shell.copyPicture': async ({ id, page }) => {
      await copyPicture(supervisor, id, page)
      return undefined
    },
    'shell.prepareDrag': ({ assets }, sender) => parts.dragOut.prepare(sender, assets),
    'shell.dragOut': ({ drag }, sender) => {
      const window = windows.of(sender)
      return { over: window === null || parts.dragOut.begin(window.webContents, drag) }
    },
    'shell.showLog': () => {
      log.flush()
      shell.showItemInFolder(log.path)
      return undefined
    },
    'shell.diagnostics': () =>
      diagnostics({
        version: app.getVersion(),
        versions: process.versions,
        system: `${process.platform} ${release()} ${process.arch}`,
        keychain,
        engine: supervisor.state,
        home: homedir(),
        logLines: log.tail(200),
      }),
  }
}

/** Opens a folder, and nothing but a folder: a program at this path would be run. */
async function openFolder(path: string): Promise<void> {
  const found = await stat(path).catch(() => null)
  if (!found?.isDirectory()) throw new VitrineError('not_found', `The folder is not there: ${path}`)
  const problem = await shell.openPath(path)
  if (problem !== '') throw new VitrineError('io_error', `The folder ${path} could not be opened: ${problem}`)
}
