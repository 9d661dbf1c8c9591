import { create } from 'zustand'
import type { AssetVector } from '../../shared/contract/requests/assetRequests.ts'
import { request } from '../api/client.ts'
import { type Browse, useBrowse, viewKey } from '../state/browse.ts'
import { setSelection, useSelection } from '../state/selection.ts'
import { carrySelection, noSelection } from '../state/selectRows.ts'
import { LatestOnly } from './latestOnly.ts'

/** The assets of the current view in their order. Stays while the next one is on its way. */
export interface VectorState extends AssetVector {
  /** Which view, text and order the vector answers; null before the first answer. */
  readonly key: string | null
  readonly loading: boolean
  readonly error: unknown
}

const none: VectorState = {
  revision: 0,
  total: 0,
  rowIds: new Int32Array(),
  aspects: new Float32Array(),
  key: null,
  loading: false,
  error: null,
}

export const useVector = create<VectorState>()(() => none)

/** A text that is the same for queries that have the same answer at one revision. */
export function queryKey({ view, text, sort }: Pick<Browse, 'view' | 'text' | 'sort'>): string {
  return `${viewKey(view)}\n${sort.field} ${sort.direction}\n${text.trim()}`
}

async function load(): Promise<void> {
  const { view, text, sort } = useBrowse.getState()
  const key = queryKey({ view, text, sort })
  useVector.setState({ loading: true })
  try {
    const vector = await request('assets.query', { view, text: text.trim(), sort })
    // While it was on its way a person went somewhere else: the next run answers that.
    if (key !== queryKey(useBrowse.getState())) return
    const before = useVector.getState()
    const sameView = before.key === null || viewOf(before.key) === viewOf(key)
    // The first vector after a start meets the selection that was remembered.
    const known = before.key === null ? vector.rowIds : before.rowIds
    setSelection(sameView ? carrySelection(useSelection.getState(), known, vector.rowIds) : noSelection)
    useVector.setState({ ...vector, key, loading: false, error: null })
  } catch (error) {
    useVector.setState({ loading: false, error })
    throw error
  }
}

const viewOf = (key: string) => key.slice(0, key.indexOf('\n'))

let onError: (thrown: unknown) => void = () => {}
const loading = new LatestOnly(load, (thrown) => onError(thrown))

/** Asks for the vector again. `urgent` when a person waits for it, not when the catalogue changed in the background. */
export function refreshVector(urgent = false): void {
  loading.request(urgent)
}

/** Whom to tell of a query that failed. */
export function onVectorError(listener: (thrown: unknown) => void): void {
  onError = listener
}

/** Another library: nothing of the old one may be seen. */
export function clearVector(): void {
  useVector.setState(none)
  setSelection(noSelection)
}
