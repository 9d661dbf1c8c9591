import { z } from 'zod'
import type { RequestMap } from './requestMap.ts'

const suggestionSchema = z.object({
  kind: z.enum(['field', 'value', 'operator']),
  /** What takes the place of the span. */
  insert: z.string(),
  /** What a list shows. */
  label: z.string(),
  /** One line for a person, '' for none. */
  explanation: z.string(),
  /** How many assets have it; for models and the like those in Trash count. */
  count: z.number().int().nonnegative().optional(),
})

export const searchRequests = {
  /**
   * What can be written at the caret (UTF-16, from 0), the likeliest first, and the part of the text that it takes the
   * place of. Quick at any size of library.
   */
  'search.complete': {
    input: z.object({ text: z.string().max(2000), caret: z.number().int().nonnegative() }),
    output: z.object({
      from: z.number().int().nonnegative(),
      to: z.number().int().nonnegative(),
      suggestions: z.array(suggestionSchema),
    }),
  },
} as const satisfies RequestMap
