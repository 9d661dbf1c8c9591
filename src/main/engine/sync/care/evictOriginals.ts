import { toErrorData, VitrineError } from '../../../../shared/contract/errors.ts'
import type { EvictionReport } from '../../../../shared/domain/cloudCare.ts'
import type { AssetId } from '../../../../shared/domain/ids.ts'
import { type EvictContext, evictOriginal } from './evictOriginal.ts'

/** Requests to the bucket at once: each is one HEAD. */
const AT_ONCE = 4

/**
 * Removes originals that a person chose. One that fails keeps nothing else from going, but when the bucket as a whole can't be
 * asked the rest is not tried. Never rejects; what no code foresaw goes to `onDefect`.
 */
export async function evictOriginals(
  context: EvictContext,
  ids: readonly AssetId[],
  onDefect: (error: unknown) => void,
): Promise<EvictionReport> {
  const report: EvictionReport = { evicted: [], bytes: 0, kept: [], failed: [] }
  const queue = [...new Set(ids)]
  let trouble: { readonly code: string; readonly message: string } | null = null
  const work = async (): Promise<void> => {
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      try {
        const outcome = trouble === null ? await evictOriginal(context, id) : null
        if (outcome === null) report.failed.push({ id, ...(trouble ?? { code: 'internal', message: '' }) })
        else if (outcome.kind === 'kept') report.kept.push({ id, reason: outcome.reason })
        else {
          report.evicted.push(id)
          report.bytes += outcome.bytes
        }
      } catch (error) {
        if (!(error instanceof VitrineError)) onDefect(error)
        const { code, message } = toErrorData(error)
        report.failed.push({ id, code, message })
        if (code.startsWith('remote_')) trouble = { code, message }
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return report
}
