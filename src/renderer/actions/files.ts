import type { FileExport } from '../../shared/domain/fileExport.ts'
import { request } from '../api/client.ts'
import { useFileWork } from '../state/fileWork.ts'
import type { RowIds } from '../state/rowSet.ts'
import { showToast } from '../state/toasts.ts'
import { files } from '../strings/files.ts'
import { mutate, reportError } from './mutate.ts'

/** Asks for a folder and makes files of assets there; says what came of it. @returns false when no folder was chosen */
export async function exportFiles(rowIds: RowIds, settings: FileExport): Promise<boolean> {
  try {
    const folder = await request('shell.chooseFolder', { title: files.chooseFolder })
    if (folder === null) return false
    void makeFiles(rowIds, settings, folder)
    return true
  } catch (thrown) {
    reportError(thrown)
    return false
  }
}

async function makeFiles(rowIds: RowIds, settings: FileExport, folder: string): Promise<void> {
  try {
    const done = await request('export.files', { assets: { rowIds }, export: settings, folder })
    const { assets, files: made, copied, failed, failures, cancelled } = done
    const text = cancelled ? files.exportStopped(made) : files.exported(made, assets, folder)
    showToast({ message: copied > 0 ? `${text}. ${files.exportedCopied(copied)}` : text })
    if (failed > 0) useFileWork.setState({ failures: { failed, failures } })
  } catch (thrown) {
    reportError(thrown)
  }
}

/** Gives assets names by a pattern, in the order of `rowIds`. */
export async function renameAssets(rowIds: RowIds, pattern: string): Promise<boolean> {
  return (await mutate(() => request('assets.rename', { assets: { rowIds }, pattern }))) !== null
}
