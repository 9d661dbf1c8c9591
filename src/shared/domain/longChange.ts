import { z } from 'zod'

/** What a change of very many assets does: `files` removes the files of assets that are gone for good, `export` makes files elsewhere and changes nothing. */
const longChangeKindSchema = z.enum(['edit', 'undo', 'redo', 'purge', 'files', 'organise', 'export'])
export type LongChangeKind = z.infer<typeof longChangeKindSchema>

/** A change of so many assets that it is made in several transactions, while it is under way. */
export const longChangeSchema = z.object({
  id: z.uuid(),
  kind: longChangeKindSchema,
  /** Assets (of `files`: entries to remove) that are done with. */
  done: z.number().int().nonnegative(),
  total: z.number().int().positive(),
  /** It has been asked to end after the transaction that is under way. */
  cancelling: z.boolean(),
  /** False for what goes on by itself at the next start in any case. */
  cancellable: z.boolean(),
})
export type LongChange = z.infer<typeof longChangeSchema>
