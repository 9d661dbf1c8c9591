import { create } from 'zustand'
import { type FileExport, RESPONSIVE_WIDTHS, type SavedExport } from '../../shared/domain/fileExport.ts'
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
  /** One of the presets that are there from the start, or the id of one that a person has saved. */
  readonly preset: string
  /** Settings of each preset that is there from the start, as they were used last. */
  readonly settings: Readonly<Record<ExportPreset, FileExport>>
  /** What was changed in saved presets and not saved, by their ids. */
  readonly drafts: Readonly<Record<string, FileExport>>
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
  drafts: {},
  failures: null,
}))

export const exportPresets = ['originals', 'share', 'web', 'own'] as const satisfies readonly ExportPreset[]

/** What is chosen in the dialog. */
export type ChosenExport =
  | { readonly kind: 'shipped'; readonly preset: ExportPreset; readonly settings: FileExport }
  | {
      readonly kind: 'saved'
      readonly saved: SavedExport
      readonly settings: FileExport
      /** Whether the settings are not those that were saved. */
      readonly changed: boolean
    }

/** What is chosen, of all there is to choose from; one that was deleted is not. */
export function chosenExport(
  { preset, settings, drafts }: Pick<FileWork, 'preset' | 'settings' | 'drafts'>,
  all: readonly SavedExport[],
): ChosenExport {
  const saved = all.find(({ id }) => id === preset)
  if (saved !== undefined) {
    const draft = drafts[saved.id] ?? saved.export
    return { kind: 'saved', saved, settings: draft, changed: JSON.stringify(draft) !== JSON.stringify(saved.export) }
  }
  const shipped = exportPresets.find((one) => one === preset) ?? 'originals'
  return { kind: 'shipped', preset: shipped, settings: settings[shipped] }
}

/** Changes what is chosen; a preset that was saved stays as it is until that is saved, too. */
export function changeExport(chosen: ChosenExport, next: FileExport): void {
  useFileWork.setState(({ settings, drafts }) =>
    chosen.kind === 'saved'
      ? { drafts: { ...drafts, [chosen.saved.id]: next } }
      : { settings: { ...settings, [chosen.preset]: next } },
  )
}

interface RememberedExports {
  readonly preset: string
  readonly settings: Partial<Record<ExportPreset, FileExport>>
}

/** How files were exported last, for the next time the window is opened. */
export function rememberedExports(): RememberedExports {
  const { preset, settings } = useFileWork.getState()
  return { preset, settings }
}

/** Takes that up again. A preset never becomes another kind of file than it is called. */
export function restoreExports(remembered: RememberedExports | undefined): void {
  if (remembered === undefined) return
  useFileWork.setState(({ settings }) => ({
    preset: remembered.preset,
    settings: Object.fromEntries(
      exportPresets.map((preset) => {
        const stored = remembered.settings[preset]
        const fits = stored !== undefined && (preset === 'own' || stored.format === settings[preset].format)
        return [preset, fits ? stored : settings[preset]]
      }),
    ) as Record<ExportPreset, FileExport>,
  }))
}

/** Opens a dialog about files of these assets. */
export function openFileDialog(dialog: 'export-files' | 'rename-assets' | 'open-with', rowIds: RowIds): void {
  useFileWork.setState({ rowIds })
  openDialog(dialog)
}
