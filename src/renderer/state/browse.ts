import { create } from 'zustand'
import { type Arrange, type Grouping, isTimeField } from '../../shared/domain/arrangement.ts'
import type { Sort, SortField, View } from '../../shared/domain/query.ts'
import { withCondition } from '../../shared/domain/search/editSearch.ts'
import type { FieldName } from '../../shared/domain/search/searchFields.ts'
import type { SearchOperator } from '../../shared/domain/search/searchNode.ts'
import { setSelection } from './selection.ts'
import { noSelection } from './selectRows.ts'

export type GridLayoutKind = 'justified' | 'squares' | 'list'

/** What fills the window: the assets of a view, the groups of duplicates, what was asked for, or what takes how much room. */
export type Screen = 'assets' | 'duplicates' | 'requests' | 'storage'

/** What the window looks at, and how. */
export interface Browse {
  readonly screen: Screen
  readonly view: View
  /** What is typed in the search field. */
  readonly text: string
  readonly sort: Sort
  readonly layout: GridLayoutKind
  /** Height of a justified row, side of a square, in CSS pixels. */
  readonly cellSize: number
  /** How what is ordered by a time is divided. */
  readonly timeGroups: TimeGroups
  /** Whether what is ordered by a value is divided by it. */
  readonly valueGroups: boolean
  /** One cell for all that was made of the same prompt. */
  readonly stacked: boolean
}

/** How an order of times can be divided. */
export const timeGroupings = ['none', 'day', 'month', 'year', 'session'] as const satisfies readonly Grouping[]
export type TimeGroups = (typeof timeGroupings)[number]

export const CELL_SIZE = { min: 88, max: 400, initial: 176 } as const

export const initialBrowse: Browse = {
  screen: 'assets',
  view: { kind: 'workspace' },
  text: '',
  sort: { field: 'imported_at', direction: 'desc' },
  layout: 'justified',
  cellSize: CELL_SIZE.initial,
  timeGroups: 'day',
  valueGroups: true,
  stacked: false,
}

export const useBrowse = create<Browse>()(() => initialBrowse)

/** Goes to another place of the library; a search belongs to the place it was made in, so it ends. */
export function openView(view: View): void {
  useBrowse.setState({ screen: 'assets' })
  if (viewKey(view) === viewKey(useBrowse.getState().view)) return
  useBrowse.setState({ view, text: '' })
}

/** Goes to a screen about the whole library. What was selected stays behind, so that no key changes what can't be seen. */
export function openScreen(screen: Exclude<Screen, 'assets'>): void {
  setSelection(noSelection)
  useBrowse.setState({ screen, text: '' })
}

/** What finds the assets whose originals are not where they belong. */
export const MISSING = 'status:missing'

/** Searches all assets for a value of a field, e.g. a seed. */
export function findEverywhere(field: FieldName, value: string, operator: SearchOperator = ':'): void {
  const text = withCondition('', field, value, operator)
  useBrowse.setState({ screen: 'assets', view: { kind: 'everything' }, text })
}

export function setSearchText(text: string): void {
  useBrowse.setState({ screen: 'assets', text })
}

export function setSort(sort: Sort): void {
  useBrowse.setState({ sort })
}

const alphabetical: ReadonlySet<SortField> = new Set([
  'file_name',
  'custom_title',
  'asset_type',
  'model_used',
  'manual',
])

/** The direction a person usually wants first: names from A, everything else from the newest, largest or best. */
export function usualDirection(field: SortField): Sort['direction'] {
  return alphabetical.has(field) ? 'asc' : 'desc'
}

export function setLayout(layout: GridLayoutKind): void {
  useBrowse.setState({ layout })
}

/** Sets the size of the pictures, within its limits. */
export function setCellSize(cellSize: number): void {
  useBrowse.setState({ cellSize: Math.round(Math.min(CELL_SIZE.max, Math.max(CELL_SIZE.min, cellSize))) })
}

/** How assets in this order are divided. Sittings are told by when files came, and nothing else. */
export function groupingOf({
  sort,
  timeGroups,
  valueGroups,
}: Pick<Browse, 'sort' | 'timeGroups' | 'valueGroups'>): Grouping {
  if (sort.field === 'manual') return 'none'
  if (!isTimeField(sort.field)) return valueGroups ? 'value' : 'none'
  return timeGroups === 'session' && sort.field !== 'imported_at' ? 'day' : timeGroups
}

/** What the window asks of a vector beside its rows. */
export function arrangeOf(browse: Browse): Arrange {
  return { groups: groupingOf(browse), stacks: browse.stacked }
}

export function setTimeGroups(timeGroups: TimeGroups): void {
  useBrowse.setState({ timeGroups })
}

export function setValueGroups(valueGroups: boolean): void {
  useBrowse.setState({ valueGroups })
}

/** Puts alike generations into one cell each, or shows each of them. */
export function toggleStacked(): void {
  useBrowse.setState(({ stacked }) => ({ stacked: !stacked }))
}

/** A text that is the same for the same view. */
export function viewKey(view: View): string {
  if (view.kind === 'collection') return `collection:${view.collectionId}${view.deep === true ? ':deep' : ''}`
  if (view.kind === 'workspace') {
    const { jobId, session } = view
    return ['workspace', ...(jobId === undefined ? [] : [jobId]), ...(session ? [session.from, session.to] : [])].join(
      ':',
    )
  }
  return view.kind
}
