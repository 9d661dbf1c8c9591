import type { Lanes, ObjectStore, Pace } from '../ports.ts'
import type { AssetPlaces } from './cloudOnlyAssets.ts'

/** What files are fetched from, and how fast. */
export interface FetchContext extends AssetPlaces {
  readonly store: Pick<ObjectStore, 'get'>
  readonly signal?: AbortSignal
  readonly pace?: Pace | undefined
  readonly lanes?: Lanes | undefined
  /** Bytes received since the last call. */
  readonly onBytes?: (bytes: number) => void
}
