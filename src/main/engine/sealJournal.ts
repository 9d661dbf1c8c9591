import type { Catalog } from './catalog/catalog.ts'
import type { Clock } from './ports.ts'

/**
 * How long a change may wait before it is in a segment file, ms: what a rebuild can lose when the catalogue is damaged,
 * against the number of segments that sync carries.
 */
const SEAL_AFTER_MS = 15_000

/** Pause between two segments of a backlog, ms: what waits for an answer comes first. */
const BETWEEN_SEGMENTS_MS = 1

/** Seals the journal now and then while there are changes. Returns a function that ends this; closing the catalogue seals the rest. */
export function sealJournal(catalog: Catalog, clock: Clock, onDefect: (error: unknown) => void): () => void {
  let cancel: (() => void) | null = null
  const seal = (): void => {
    cancel = null
    try {
      if (catalog.journal.sealOne()) cancel = clock.after(BETWEEN_SEGMENTS_MS, seal)
    } catch (error) {
      onDefect(error) // the outbox still has everything; the next change tries again
    }
  }
  const stopListening = catalog.onChange(() => {
    cancel ??= clock.after(SEAL_AFTER_MS, seal)
  })
  return () => {
    stopListening()
    cancel?.()
  }
}
