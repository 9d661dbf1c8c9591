import { z } from 'zod'
import { fileExportSchema } from '../../shared/domain/fileExport.ts'
import { sortSchema, viewSchema } from '../../shared/domain/query.ts'
import { CELL_SIZE, timeGroupings, useBrowse, viewKey } from './browse.ts'
import { exportPresets, rememberedExports, restoreExports } from './fileWork.ts'
import { REMEMBERED_FOLDS, useFolds } from './folds.ts'
import { COLUMN_WIDTH, listFacts, restoreColumns, useListColumns } from './listColumns.ts'
import { usePanels } from './panels.ts'
import { usePlayback } from './playback.ts'
import { useRecentSearches } from './recentSearches.ts'
import { RowSet } from './rowSet.ts'
import { rememberedPlace, rememberPlace } from './scrollMemory.ts'
import { setSelection, useSelection } from './selection.ts'

/** More selected assets than this are not worth remembering. */
const REMEMBERED_SELECTION = 1_000

/** What survives a restart. Every field may be missing or odd: it was written by another version, or by hand. */
const rememberedSchema = z
  .object({
    view: viewSchema,
    sort: sortSchema,
    layout: z.enum(['justified', 'squares', 'list']),
    cellSize: z.number().min(CELL_SIZE.min).max(CELL_SIZE.max),
    timeGroups: z.enum(timeGroupings),
    valueGroups: z.boolean(),
    stacked: z.boolean(),
    columns: z
      .array(z.object({ fact: z.enum(listFacts), width: z.number().min(COLUMN_WIDTH.min).max(COLUMN_WIDTH.max) }))
      .max(listFacts.length),
    sidebar: z.boolean(),
    inspector: z.boolean(),
    open: z.array(z.string().max(100)).max(REMEMBERED_FOLDS),
    scroll: z.object({ rowId: z.number().int(), above: z.number() }).nullable(),
    selected: z.array(z.number().int().positive()).max(REMEMBERED_SELECTION),
    focus: z.number().int().positive().nullable(),
    playback: z.object({ volume: z.number().min(0).max(1), muted: z.boolean(), loop: z.boolean() }),
    exports: z.object({
      preset: z.enum(exportPresets),
      settings: z.partialRecord(z.enum(exportPresets), fileExportSchema),
    }),
    searches: z.array(z.string().max(2000)).max(100),
  })
  .partial()

export type Remembered = z.infer<typeof rememberedSchema>

/** Puts the window back to how it was left. What can't be understood is left at its default, each field for itself. */
export function restoreWindow(stored: Readonly<Record<string, unknown>>): void {
  const shape = rememberedSchema.shape
  const read = <T>(schema: z.ZodType<T | undefined>, value: unknown): T | undefined => schema.safeParse(value).data
  const browse = {
    view: read(shape.view, stored.view),
    sort: read(shape.sort, stored.sort),
    layout: read(shape.layout, stored.layout),
    cellSize: read(shape.cellSize, stored.cellSize),
    timeGroups: read(shape.timeGroups, stored.timeGroups),
    valueGroups: read(shape.valueGroups, stored.valueGroups),
    stacked: read(shape.stacked, stored.stacked),
  }
  useBrowse.setState(present(browse))
  usePanels.setState(
    present({ sidebar: read(shape.sidebar, stored.sidebar), inspector: read(shape.inspector, stored.inspector) }),
  )
  const columns = read(shape.columns, stored.columns)
  if (columns !== undefined) restoreColumns(columns)
  useFolds.setState({ open: new Set(read(shape.open, stored.open)) })
  rememberPlace(viewKey(useBrowse.getState().view), read(shape.scroll, stored.scroll) ?? null)
  useRecentSearches.setState(present({ searches: read(shape.searches, stored.searches) }))
  restoreExports(read(shape.exports, stored.exports))
  usePlayback.setState(read(shape.playback, stored.playback) ?? {})
  const focus = read(shape.focus, stored.focus) ?? null
  setSelection({ selected: RowSet.of(read(shape.selected, stored.selected) ?? []), focus, anchor: focus })
}

/** What to store so that `restoreWindow` brings the window back to how it is now. */
export function rememberWindow(rowIds: Int32Array<ArrayBuffer>): Remembered {
  const { view, sort, layout, cellSize, timeGroups, valueGroups, stacked } = useBrowse.getState()
  const { sidebar, inspector } = usePanels.getState()
  const { selected, focus } = useSelection.getState()
  const { volume, muted, loop } = usePlayback.getState()
  return {
    view,
    sort,
    layout,
    cellSize,
    timeGroups,
    valueGroups,
    stacked,
    columns: [...useListColumns.getState().columns],
    sidebar,
    inspector,
    open: [...useFolds.getState().open],
    scroll: rememberedPlace(viewKey(view)) ?? null,
    selected: selected.size > REMEMBERED_SELECTION ? [] : [...selected.pick(rowIds)],
    focus,
    playback: { volume, muted, loop },
    exports: rememberedExports(),
    searches: [...useRecentSearches.getState().searches],
  }
}

function present<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> }
}
