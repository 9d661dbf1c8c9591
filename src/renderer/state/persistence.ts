import { z } from 'zod'
import { fileExportSchema } from '../../shared/domain/fileExport.ts'
import { sortSchema, viewSchema } from '../../shared/domain/query.ts'
import { CELL_SIZE, initialBrowse, timeGroupings, useBrowse, viewKey } from './browse.ts'
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

/** Libraries whose place is remembered. */
const REMEMBERED_LIBRARIES = 10

/** What the window shows of a library; its ids mean nothing in another one. */
const placeSchema = z
  .object({
    view: viewSchema,
    sort: sortSchema,
    open: z.array(z.string().max(100)).max(REMEMBERED_FOLDS),
    scroll: z.object({ rowId: z.number().int(), above: z.number() }).nullable(),
    selected: z.array(z.number().int().positive()).max(REMEMBERED_SELECTION),
    focus: z.number().int().positive().nullable(),
    searches: z.array(z.string().max(2000)).max(100),
  })
  .partial()
type Place = z.infer<typeof placeSchema>

/** What survives a restart. Every field may be missing or odd: it was written by another version, or by hand. */
const rememberedSchema = placeSchema
  .extend({
    /** The library that the place is in. */
    library: z.string().max(64),
    /** Places in other libraries, by their ids; the one that was left last comes last. */
    places: z.record(z.string().max(64), z.unknown()),
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
    playback: z.object({ volume: z.number().min(0).max(1), muted: z.boolean(), loop: z.boolean() }),
    exports: z.object({
      preset: z.string().max(64),
      settings: z.partialRecord(z.enum(exportPresets), fileExportSchema),
    }),
  })
  .partial()

export type Remembered = z.infer<typeof rememberedSchema>

/** Where the window is in which library, as far as it is known. */
let here: { readonly library: string | null; readonly places: Readonly<Record<string, Place>> } = {
  library: null,
  places: {},
}

const read = <T>(schema: z.ZodType<T | undefined>, value: unknown): T | undefined => schema.safeParse(value).data

/** Puts the window back to how it was left. What can't be understood is left at its default, each field for itself. */
export function restoreWindow(stored: Readonly<Record<string, unknown>>): void {
  const shape = rememberedSchema.shape
  const places = Object.entries(read(shape.places, stored.places) ?? {}).slice(-REMEMBERED_LIBRARIES)
  here = {
    library: read(shape.library, stored.library) ?? null,
    places: Object.fromEntries(places.map(([library, place]) => [library, readPlace(place)])),
  }
  useBrowse.setState(
    present({
      layout: read(shape.layout, stored.layout),
      cellSize: read(shape.cellSize, stored.cellSize),
      timeGroups: read(shape.timeGroups, stored.timeGroups),
      valueGroups: read(shape.valueGroups, stored.valueGroups),
      stacked: read(shape.stacked, stored.stacked),
    }),
  )
  usePanels.setState(
    present({ sidebar: read(shape.sidebar, stored.sidebar), inspector: read(shape.inspector, stored.inspector) }),
  )
  const columns = read(shape.columns, stored.columns)
  if (columns !== undefined) restoreColumns(columns)
  usePlayback.setState(read(shape.playback, stored.playback) ?? {})
  restoreExports(read(shape.exports, stored.exports))
  goTo(readPlace(stored))
}

/** Goes to where the window was in this library, when it is another one than the window was in. */
export function enterLibrary(library: string): void {
  if (here.library === library) return
  const another = here.library !== null
  here = { ...here, library }
  if (another) goTo({ ...nowhere, ...here.places[library] })
}

/**
 * What to store so that `restoreWindow` brings the window back to how it is now.
 * @param rowIds what it shows
 */
export function rememberWindow(rowIds: Int32Array<ArrayBuffer>): Remembered {
  const { layout, cellSize, timeGroups, valueGroups, stacked } = useBrowse.getState()
  const { sidebar, inspector } = usePanels.getState()
  const { volume, muted, loop } = usePlayback.getState()
  const place = placeNow(rowIds)
  if (here.library !== null) {
    const { [here.library]: _, ...others } = here.places
    const kept = Object.entries(others).slice(1 - REMEMBERED_LIBRARIES)
    here = { library: here.library, places: { ...Object.fromEntries(kept), [here.library]: place } }
  }
  return {
    ...place,
    ...(here.library === null ? {} : { library: here.library }),
    places: here.places,
    layout,
    cellSize,
    timeGroups,
    valueGroups,
    stacked,
    columns: [...useListColumns.getState().columns],
    sidebar,
    inspector,
    playback: { volume, muted, loop },
    exports: rememberedExports(),
  }
}

/** The place of a library that the window was never in. */
const nowhere: Place = { view: initialBrowse.view, sort: initialBrowse.sort, searches: [] }

function readPlace(stored: unknown): Place {
  const fields = z.record(z.string(), z.unknown()).safeParse(stored).data ?? {}
  const known = Object.entries(placeSchema.shape).map(([name, schema]) => [name, schema.safeParse(fields[name]).data])
  return placeSchema.parse(Object.fromEntries(known))
}

function goTo({ view, sort, open, scroll, selected, focus = null, searches }: Place): void {
  useBrowse.setState(present({ view, sort }))
  useFolds.setState({ open: new Set(open) })
  rememberPlace(viewKey(useBrowse.getState().view), scroll ?? null)
  useRecentSearches.setState(present({ searches }))
  setSelection({ selected: RowSet.of(selected ?? []), focus, anchor: focus })
}

function placeNow(rowIds: Int32Array<ArrayBuffer>): Place {
  const { view, sort } = useBrowse.getState()
  const { selected, focus } = useSelection.getState()
  return {
    view,
    sort,
    open: [...useFolds.getState().open],
    scroll: rememberedPlace(viewKey(view)) ?? null,
    selected: selected.size > REMEMBERED_SELECTION ? [] : [...selected.pick(rowIds)],
    focus,
    searches: [...useRecentSearches.getState().searches],
  }
}

function present<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> }
}
