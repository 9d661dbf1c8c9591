import { setImmediate } from 'node:timers/promises'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { type EvictContext, evictOriginal } from './evictOriginal.ts'
import { gatherLeastUsed, type LeastUsed } from './leastUsed.ts'

const PAGE = 500
/** What was read within this time stays: somebody may look at it still, or export it now. */
const IN_USE_MS = 10 * 60_000

export interface Shrunk {
  readonly evicted: number
  /** Bytes that were freed, and bytes of originals that are still here. */
  readonly bytes: number
  readonly bytesHere: number
}

/** Looks through the originals here without keeping the engine from anything else. */
async function leastUsed(catalog: Catalog, context: EvictContext, usedBefore: number): Promise<LeastUsed> {
  const gather = gatherLeastUsed(context.isPinned, usedBefore)
  for (let after = 0; ; ) {
    const page = catalog.localOriginals.held(after, PAGE)
    gather.add(page)
    const last = page.at(-1)
    if (page.length < PAGE || last === undefined) return gather.end()
    after = last.rowId
    await setImmediate()
  }
}

/**
 * Removes what was read longest ago until no more than `budgetBytes` of originals are here, as far as it may go. `pause` is
 * awaited after each and says whether to go on. Rejects with what the store says when that can't be asked; other files are
 * tried although one can't be removed.
 */
export async function shrinkToBudget(
  context: EvictContext,
  budgetBytes: number,
  pause: () => Promise<boolean>,
): Promise<Shrunk> {
  const { bytes: before, candidates } = await leastUsed(context.catalog, context, context.now() - IN_USE_MS)
  let bytesHere = before
  let evicted = 0
  for (const { id } of candidates) {
    if (bytesHere <= budgetBytes) break
    const used = context.catalog.localOriginals.usedAt(id)
    if (used !== null && used >= context.now() - IN_USE_MS) continue
    try {
      const outcome = await evictOriginal(context, id)
      if (outcome.kind === 'evicted') {
        bytesHere -= outcome.bytes
        evicted++
      }
    } catch (error) {
      if (!(error instanceof VitrineError) || error.code.startsWith('remote_')) throw error
    }
    if (!(await pause())) break
  }
  return { evicted, bytes: before - bytesHere, bytesHere }
}
