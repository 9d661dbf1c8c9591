import { setImmediate } from 'node:timers/promises'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { type EvictContext, type Eviction, evictOriginal } from './evictOriginal.ts'
import { evictVersion } from './evictVersion.ts'
import { gatherLeastUsed, type LeastUsed } from './leastUsed.ts'
import { versionsHere } from './versionsHere.ts'

const PAGE = 500
/** What was read within this time stays: somebody may look at it still, or export it now. */
const IN_USE_MS = 10 * 60_000

export interface Shrunk {
  /** Files of originals and of earlier versions that were removed. */
  readonly evicted: number
  /** Bytes that were freed, and bytes of both that are still here. */
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
 * Removes files until no more than `budgetBytes` of originals and earlier versions are here, as far as they may go: versions
 * first, which nobody sees without asking, then what was read longest ago. `pause` is awaited after each and says whether to go
 * on. Rejects with what the store says when that can't be asked; other files are tried although one can't be removed.
 */
export async function shrinkToBudget(
  context: EvictContext,
  budgetBytes: number,
  pause: () => Promise<boolean>,
): Promise<Shrunk> {
  const { catalog } = context
  const isInUse = (at: number | null): boolean => at !== null && at >= context.now() - IN_USE_MS
  const versions = await versionsHere(catalog, context.root)
  const originals = await leastUsed(catalog, context, context.now() - IN_USE_MS)
  const before = versions.bytes + originals.bytes
  let bytesHere = before
  let evicted = 0

  /** Whether to go on. */
  async function free(remove: () => Promise<Eviction>): Promise<boolean> {
    try {
      const outcome = await remove()
      if (outcome.kind === 'evicted') {
        bytesHere -= outcome.bytes
        evicted++
      }
    } catch (error) {
      if (!(error instanceof VitrineError) || error.code.startsWith('remote_')) throw error
    }
    return pause()
  }

  function* removals(): Generator<() => Promise<Eviction>> {
    for (const { id, cameAt } of versions.candidates) {
      if (!isInUse(cameAt)) yield () => evictVersion(context, id)
    }
    for (const { id } of originals.candidates) {
      if (!isInUse(catalog.localOriginals.usedAt(id))) yield () => evictOriginal(context, id)
    }
  }

  for (const remove of removals()) {
    if (bytesHere <= budgetBytes || !(await free(remove))) break
  }
  return { evicted, bytes: before - bytesHere, bytesHere }
}
