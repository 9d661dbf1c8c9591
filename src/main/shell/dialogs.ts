import { basename, join } from 'node:path'
import { app, type BrowserWindow, dialog, type OpenDialogOptions } from 'electron'
import type { ParsedInput } from '../../shared/contract/requests.ts'

/** Asks for a folder, which may be made on the way; null when the person thinks better of it. */
export async function chooseFolder(window: BrowserWindow | null, title: string): Promise<string | null> {
  const [path] = await choose(window, { title, properties: ['openDirectory', 'createDirectory'] })
  return path ?? null
}

/** Asks for files to import; empty when the person thinks better of it. */
export async function chooseFiles(window: BrowserWindow | null): Promise<string[]> {
  // Only macOS can offer files and folders in one dialog.
  const folders = process.platform === 'darwin' ? (['openDirectory'] as const) : []
  return choose(window, { title: 'Import', properties: ['openFile', ...folders, 'multiSelections'] })
}

/** Asks where to save a file, in Documents at first; null when the person thinks better of it. */
export async function chooseSave(
  window: BrowserWindow | null,
  { title, fileName, kind }: ParsedInput<'shell.chooseSave'>,
): Promise<string | null> {
  const options = {
    title,
    // Only a name may be proposed, whatever was asked for.
    defaultPath: join(app.getPath('documents'), basename(fileName)),
    filters: [{ name: kind.name, extensions: [kind.extension] }],
  }
  const { canceled, filePath } = await (window === null
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(window, options))
  return canceled || filePath === '' ? null : filePath
}

/** For what ends the program, when no window can say it. */
export function showFatal(message: string): void {
  dialog.showErrorBox('Vitrine has to close', message)
}

async function choose(window: BrowserWindow | null, options: OpenDialogOptions): Promise<string[]> {
  const { filePaths } = await (window === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options))
  return filePaths
}
