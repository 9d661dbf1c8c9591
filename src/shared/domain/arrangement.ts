import { z } from 'zod'
import type { SortField } from './query.ts'

/** How the rows of a vector are divided: by the time they are ordered by, by sittings, or by the value they are ordered by. */
export const groupingSchema = z.enum(['none', 'day', 'month', 'year', 'session', 'value'])
export type Grouping = z.infer<typeof groupingSchema>

/** What a window wants to know of a vector beside its rows. */
export const arrangeSchema = z.object({
  groups: groupingSchema,
  /** Whether it is to be told which rows were made of the same prompt. */
  stacks: z.boolean(),
})
export type Arrange = z.infer<typeof arrangeSchema>

/** Runs of neighbours in a vector that belong together. */
export const rowGroupsSchema = z.object({
  /** The place where each group begins, ascending; the first is 0. */
  starts: z.instanceof(Int32Array),
  /**
   * What each group has in common: a local day, month or year (`2026-11-03`, `2026-11`, `2026`), the first and last time of
   * a sitting (ISO 8601, with a slash between), or a value: stars, a kind of file, the model (`''` for none), the first letter
   * of a name (`#` before the letters, `…` behind them), or the least of a class of numbers (`0` for nothing at all).
   */
  keys: z.array(z.string()),
})
export type RowGroups = z.infer<typeof rowGroupsSchema>

export const arrangementSchema = z.object({
  /** Null when the order has no such groups, or there would be too many of them to be of use. */
  groups: rowGroupsSchema.nullable(),
  /** Where to jump to: months, or values; null for an order without any. */
  marks: rowGroupsSchema.nullable(),
  /** One for each row: the number of its stack, the same for all that were made of one prompt, 0 for none. */
  stacks: z.instanceof(Int32Array).nullable(),
})
export type Arrangement = z.infer<typeof arrangementSchema>

const times: ReadonlySet<SortField> = new Set(['imported_at', 'captured_at', 'created_at', 'updated_at'])

/** Whether an order is one of time, and so can be divided by days. */
export function isTimeField(field: SortField): boolean {
  return times.has(field)
}

/** Least values of the classes that numbers are divided into, ascending; what is below the first is nothing at all. */
export const numberClasses = {
  file_size_bytes: [1, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000],
  width: [1, 1_000, 2_000, 4_000, 8_000],
  height: [1, 1_000, 2_000, 4_000, 8_000],
  duration_seconds: [Number.MIN_VALUE, 10, 60, 600, 3_600],
} as const satisfies Partial<Record<SortField, readonly number[]>>
