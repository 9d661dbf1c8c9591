import { toErrorData, VitrineError } from '../../../shared/contract/errors.ts'
import type { RequestOutput } from '../../../shared/contract/requests.ts'
import type { AssetId, Sha256 } from '../../../shared/domain/ids.ts'
import type { ObjectStore } from '../ports.ts'
import type { AssetPlaces } from './cloudOnlyAssets.ts'
import { fetchOriginal } from './fetchOriginal.ts'
import type { Transfers } from './transfer/transfers.ts'

/** More than there is room for requests, so that a file is made durable while others arrive. */
const AHEAD = 4

export type FetchReport = RequestOutput<'sync.fetch'>
type Fetched = Awaited<ReturnType<typeof fetchOriginal>>

export interface OriginalFetches {
  /** Brings originals here, some at a time. Whoever asks for one that is on its way waits for that. Never rejects. */
  fetch(store: Pick<ObjectStore, 'get'>, places: AssetPlaces, ids: readonly AssetId[]): Promise<FetchReport>
  stopAll(): Promise<void>
}

/** Originals that are fetched because somebody wants them: to look at, to export, to drag out. */
export function originalFetches(transfers: Transfers, onDefect: (error: unknown) => void): OriginalFetches {
  /** By content: assets that share a file share its download. */
  const running = new Map<Sha256, Promise<Fetched>>()
  let stopping = new AbortController()

  async function fetchOne(store: Pick<ObjectStore, 'get'>, places: AssetPlaces, id: AssetId): Promise<Fetched> {
    const asset = places.catalog.assets.findById(id)
    if (asset === undefined) throw new VitrineError('not_found', 'That asset does not exist any more.')
    const underWay = running.get(asset.sha256)
    // One that has its own place looks again once the bytes have come for the other.
    if (underWay !== undefined) await underWay.catch(() => undefined)
    const metered = transfers.meter.begin(id, 'down', asset.fileSizeBytes)
    const { signal } = stopping
    const { down: pace, lanesDown } = transfers
    const context = { ...places, store, signal, pace, lanes: lanesDown.of(0), onBytes: metered.add }
    const fetched = fetchOriginal(context, id)
    running.set(asset.sha256, fetched)
    try {
      return await fetched
    } finally {
      metered.end()
      if (running.get(asset.sha256) === fetched) running.delete(asset.sha256)
    }
  }

  return {
    async fetch(store, places, ids) {
      const report = { fetched: [] as AssetId[], here: [] as AssetId[], failed: [] as FetchReport['failed'] }
      const queue = [...new Set(ids)]
      const work = async (): Promise<void> => {
        for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
          try {
            report[await fetchOne(store, places, id)].push(id)
          } catch (error) {
            if (!(error instanceof VitrineError)) onDefect(error)
            const { code, message } = toErrorData(error)
            report.failed.push({ id, code, message })
          }
        }
      }
      await Promise.all(Array.from({ length: transfers.lanesDown.limit + AHEAD }, work))
      return report
    },
    async stopAll() {
      stopping.abort()
      await Promise.allSettled(running.values())
      stopping = new AbortController()
    },
  }
}
