import { existsSync } from 'node:fs'
import { mkdir, stat } from 'node:fs/promises'
import { homedir, release } from 'node:os'
import { app, type BrowserWindow, clipboard, nativeTheme, shell } from 'electron'
import { VitrineError } from '../../shared/contract/errors.ts'
import { assetDetailSchema } from '../../shared/contract/requests/assetRequests.ts'
import { generationRequests } from '../../shared/contract/requests/generationRequests.ts'
import { libraryInfoSchema } from '../../shared/contract/requests/libraryRequests.ts'
import { copyPicture } from './copyPicture.ts'
import { defaultLibrary } from './defaultLibrary.ts'
import { diagnostics } from './diagnostics.ts'
import { chooseFiles, chooseFolder, chooseSave } from './dialogs.ts'
import type { EngineSupervisor } from './engineSupervisor.ts'
import type { ShellHandlers } from './ipcRouter.ts'
import type { Log } from './log.ts'
import { openExternal } from './security.ts'
import type { SettingsStore } from './settings.ts'

interface ShellParts {
  readonly supervisor: EngineSupervisor
  readonly settings: SettingsStore
  readonly keychain: boolean
  readonly log: Log
  readonly window: () => BrowserWindow | null
  /** Opens a library and remembers it as the last one. */
  readonly openLibrary: (path: string, create: boolean) => Promise<void>
}

/** What the shell answers itself, because only it has windows, dialogs and the keychain. */
export function shellRequests(parts: ShellParts): ShellHandlers {
  const { supervisor, settings, keychain, log, window, openLibrary } = parts
  const pageSettings = () => ({ theme: settings.current.theme, window: settings.current.window })
  return {
    'shell.info': () => ({
      version: app.getVersion(),
      platform: process.platform,
      electron: process.versions.electron,
      keychain,
      defaultLibrary: defaultLibrary(),
      settings: pageSettings(),
    }),
    'shell.settings': async ({ theme, window: layout }) => {
      await settings.update({
        ...(theme === undefined ? {} : { theme }),
        ...(layout === undefined ? {} : { window: layout }),
      })
      nativeTheme.themeSource = settings.current.theme
      return pageSettings()
    },
    'shell.engine': () => supervisor.state,
    'shell.chooseFolder': ({ title }) => chooseFolder(window(), title),
    'shell.chooseFiles': () => chooseFiles(window()),
    'shell.chooseSave': (wanted) => chooseSave(window(), wanted),
    'shell.openLibrary': async ({ path, create }) => {
      await openLibrary(path, create)
      return undefined
    },
    'shell.retryEngine': async () => {
      await supervisor.retry()
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
    'shell.showLog': () => {
      showLog(log)
      return undefined
    },
    'shell.diagnostics': () => currentDiagnostics(parts),
  }
}

/** Shows the log's file in the platform's file manager. */
export function showLog(log: Log): void {
  log.flush()
  shell.showItemInFolder(log.path)
}

/** Text for Help → Copy diagnostics. */
export function currentDiagnostics({ supervisor, keychain, log }: Omit<ShellParts, 'window' | 'openLibrary'>): string {
  return diagnostics({
    version: app.getVersion(),
    versions: process.versions,
    system: `${process.platform} ${release()} ${process.arch}`,
    keychain,
    engine: supervisor.state,
    home: homedir(),
    logLines: log.tail(200),
  })
}

/** Opens a folder, and nothing but a folder: a program at this path would be run. */
async function openFolder(path: string): Promise<void> {
  const found = await stat(path).catch(() => null)
  if (!found?.isDirectory()) throw new VitrineError('not_found', `The folder is not there: ${path}`)
  const problem = await shell.openPath(path)
  if (problem !== '') throw new VitrineError('io_error', `The folder ${path} could not be opened: ${problem}`)
}
