import type { Catalog } from './catalog/catalog.ts'
import type { Clock } from './ports.ts'

/**
 * How long a change may wait before it is in a segment file, ms: what a rebuild can lose when the catalogue is damaged,
 * against the number of segments that sync carries.
 */
const SEAL_AFTER_MS = 15_000

/** Seals the journal now and then while there are changes. Returns a function that ends this; closing the catalogue seals the rest. */
export function sealJournal(catalog: Catalog, clock: Clock, onDefect: (error: unknown) => void): () => void {
  let cancel: (() => void) | null = null
  const stopListening = catalog.onChange(() => {
    cancel ??= clock.after(SEAL_AFTER_MS, () => {
      cancel = null
      try {
        catalog.journal.seal()
      } catch (error) {
        onDefect(error) // the outbox still has everything; the next change tries again
      }
    })
  })
  return () => {
    stopListening()
    cancel?.()
  }
}
