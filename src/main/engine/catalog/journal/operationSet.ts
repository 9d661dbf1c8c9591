import { z } from 'zod'
import { type SetValues, spread } from '../setValues.ts'
import { type Operation, operationSchema } from './operation.ts'

/** Cells that one line of the journal names at most; what changes more is several lines. */
export const MOST_CELLS = 5000

/**
 * Changes to the same field of many entities, made at once: `ids` in place of `id`, and `all`, `each` or `run` in place of
 * `value` (see `SetValues`). For links `of` is the one end that they share, and `ids` are the assets.
 */
const operationSetSchema = z
  .object({
    entity: z.string(),
    of: z.string().optional(),
    ids: z.array(z.string()).min(1).max(MOST_CELLS),
    field: z.string(),
    stamp: z.string(),
  })
  .and(
    z.union([
      z.object({ all: z.json() }),
      z.object({ each: z.array(z.json()) }),
      z.object({ run: z.object({ at: z.number(), position: z.number() }) }),
    ]),
  )
  .refine((set) => !('each' in set) || set.each.length === set.ids.length)

/** The line for many cells of one field with one stamp. `of` is empty unless they are links. */
export function operationSet(
  { entity, of, field, stamp }: Pick<Operation, 'entity' | 'field' | 'stamp'> & { readonly of: string },
  ids: readonly string[],
  values: SetValues,
): string {
  return JSON.stringify({ entity, ...(of === '' ? {} : { of }), ids, field, ...values, stamp })
}

/** The operations that a line of a segment stands for; null for text that is none. A row of the outbox may hold several lines. */
export function parseOperations(text: string): readonly Operation[] | null {
  let line: unknown
  try {
    line = JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
  if (typeof line !== 'object' || line === null || !('ids' in line)) {
    const operation = operationSchema.safeParse(line).data
    return operation === undefined ? null : [operation]
  }
  const set = operationSetSchema.safeParse(line).data
  if (set === undefined) return null
  const { entity, of, ids, field, stamp } = set
  const values = spread(set, ids.length)
  return ids.map((id, index) => ({
    entity,
    id: of === undefined ? id : `${of}/${id}`,
    field,
    value: values[index] ?? null,
    stamp,
  }))
}
