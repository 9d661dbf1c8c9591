import { create } from 'zustand'

/** Facts that a line of the list may show beside the name. */
export const listFacts = [
  'type',
  'dimensions',
  'size',
  'duration',
  'rating',
  'tags',
  'model',
  'captured',
  'imported',
  'sync',
] as const
export type ListFact = (typeof listFacts)[number]

export interface ListColumn {
  readonly fact: ListFact
  /** In CSS pixels. */
  readonly width: number
}

export const COLUMN_WIDTH = { min: 48, max: 480 } as const

const usualWidths: Readonly<Record<ListFact, number>> = {
  type: 92,
  dimensions: 96,
  size: 72,
  duration: 72,
  rating: 76,
  tags: 160,
  model: 140,
  captured: 132,
  imported: 132,
  sync: 120,
}

const usual: readonly ListFact[] = ['rating', 'type', 'dimensions', 'size', 'imported']

/** The columns of the list after the name, from left to right. */
export const useListColumns = create<{ readonly columns: readonly ListColumn[] }>()(() => ({
  columns: usual.map(columnOf),
}))

/** Shows a column at the end, or hides it. */
export function toggleColumn(fact: ListFact): void {
  useListColumns.setState(({ columns }) => ({ columns: withToggled(columns, fact) }))
}

/** Makes a column this wide, within its limits. */
export function resizeColumn(fact: ListFact, width: number): void {
  useListColumns.setState(({ columns }) => ({ columns: withWidth(columns, fact, width) }))
}

/** Puts a column where another one is; `null` puts it at the end. */
export function moveColumn(fact: ListFact, before: ListFact | null): void {
  useListColumns.setState(({ columns }) => ({ columns: withMoved(columns, fact, before) }))
}

export function resetColumns(): void {
  useListColumns.setState({ columns: usual.map(columnOf) })
}

/** Columns as they were remembered, without any that there are twice. */
export function restoreColumns(columns: readonly ListColumn[]): void {
  const seen = new Map(columns.map((column) => [column.fact, column]))
  useListColumns.setState({ columns: [...seen.values()] })
}

function columnOf(fact: ListFact): ListColumn {
  return { fact, width: usualWidths[fact] }
}

export function withToggled(columns: readonly ListColumn[], fact: ListFact): readonly ListColumn[] {
  const others = columns.filter((column) => column.fact !== fact)
  return others.length < columns.length ? others : [...columns, columnOf(fact)]
}

export function withWidth(columns: readonly ListColumn[], fact: ListFact, width: number): readonly ListColumn[] {
  const within = Math.round(Math.min(COLUMN_WIDTH.max, Math.max(COLUMN_WIDTH.min, width)))
  return columns.map((column) => (column.fact === fact ? { fact, width: within } : column))
}

export function withMoved(
  columns: readonly ListColumn[],
  fact: ListFact,
  before: ListFact | null,
): readonly ListColumn[] {
  const moved = columns.find((column) => column.fact === fact)
  if (moved === undefined || fact === before) return columns
  const others = columns.filter((column) => column !== moved)
  const at = before === null ? -1 : others.findIndex((column) => column.fact === before)
  return at < 0 ? [...others, moved] : others.toSpliced(at, 0, moved)
}
