import { create } from 'zustand'
import { type FileExport, RESPONSIVE_WIDTHS } from '../../shared/domain/fileExport.ts'
import type { ExportPreset } from '../strings/files.ts'
import { openDialog } from './panels.ts'
import type { RowIds } from './rowSet.ts'

export interface ExportFailures {
  readonly failed: number
  readonly failures: readonly { readonly fileName: string; readonly message: string }[]
}

interface FileWork {
  /** What the open dialog is about, in the order of the view. */
  readonly rowIds: RowIds
  readonly preset: ExportPreset
  /** Settings of each preset as they were used last. */
  readonly settings: Readonly<Record<ExportPreset, FileExport>>
  /** What an export could not make; shown until it is closed. */
  readonly failures: ExportFailures | null
}

export const useFileWork = create<FileWork>()(() => ({
  rowIds: new Int32Array(),
  preset: 'originals',
  settings: {
    originals: { format: 'original', names: '{name}' },
    share: {
      format: 'jpeg',
      quality: 85,
      size: { kind: 'longest', pixels: 2048 },
      keepMetadata: false,
      names: '{name}',
    },
    web: {
      format: 'webp',
      quality: 80,
      size: { kind: 'widths', widths: [...RESPONSIVE_WIDTHS] },
      keepMetadata: false,
      names: '{name}',
    },
    own: { format: 'jpeg', quality: 90, size: { kind: 'original' }, keepMetadata: true, names: '{name}' },
  },
  failures: null,
}))

/** Opens a dialog about files of these assets. */
export function openFileDialog(dialog: 'export-files' | 'rename-assets', rowIds: RowIds): void {
  useFileWork.setState({ rowIds })
  openDialog(dialog)
}
