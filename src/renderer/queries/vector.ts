import { create } from 'zustand'
import { VitrineError } from '../../shared/contract/errors.ts'
import type { AssetVector } from '../../shared/contract/requests/assetRequests.ts'
import type { Arrange, Arrangement } from '../../shared/domain/arrangement.ts'
import type { SortField } from '../../shared/domain/query.ts'
import { request } from '../api/client.ts'
import { arrangeOf, type Browse, useBrowse, viewKey } from '../state/browse.ts'
import { rememberedPlace } from '../state/scrollMemory.ts'
import { setSelection, useSelection } from '../state/selection.ts'
import { carrySelection, noSelection } from '../state/selectRows.ts'
import { whenSteady } from '../state/steady.ts'
import { isTyping, paintBegins, stopWaiting, whenTypingRests } from '../state/typingPace.ts'
import { LatestOnly } from './latestOnly.ts'
import { receiveVector, type VectorSource, type WholeVector } from './receiveVector.ts'

/** The assets of the current view in their order. Stays while the next one is on its way. */
export interface VectorState extends AssetVector {
  /** Which view, text and order the vector answers; null before the first answer. */
  readonly key: string | null
  /** Groups and stacks of these rows, and what they were asked for. */
  readonly arrangement: Arrangement | null
  readonly arranged: (Arrange & { readonly field: SortField }) | null
  /** False while only the beginning is there. */
  readonly complete: boolean
  readonly loading: boolean
  readonly error: unknown
}

const none: VectorState = {
  revision: 0,
  total: 0,
  rowIds: new Int32Array(),
  aspects: new Float32Array(),
  key: null,
  arrangement: null,
  arranged: null,
  complete: true,
  loading: false,
  error: null,
}

export const useVector = create<VectorState>()(() => none)

/** A text that is the same for queries that have the same answer at one revision. */
export function queryKey({ view, text, sort }: Pick<Browse, 'view' | 'text' | 'sort'>): string {
  return `${viewKey(view)}\n${sort.field} ${sort.direction}\n${text.trim()}`
}

/** Whoever asks with the same name is answered only what was asked last. */
const stream = crypto.randomUUID()
const source: VectorSource = {
  open: (query, since, arrange) => request('assets.openVector', { stream, query, since, arrange }),
  more: (handle) => request('assets.moreVector', { handle }),
}

/** The last vector that was complete, and what it answers. */
let whole: (WholeVector & { readonly key: string }) | null = null
/** What is on its way. */
let asked: string | null = null

/** A text that is the same for what asks the engine the same question. */
export function questionOf(browse: Browse): string {
  const { groups, stacks } = arrangeOf(browse)
  return `${queryKey(browse)}\n${groups} ${stacks}`
}

async function load(): Promise<void> {
  const browse = useBrowse.getState()
  const { view, text, sort } = browse
  const key = queryKey(browse)
  const question = questionOf(browse)
  const arranged = { ...arrangeOf(browse), field: sort.field }
  asked = question
  useVector.setState({ loading: true })
  const known = whole?.key === key ? whole : null
  try {
    const query = { view, text: text.trim(), sort }
    const vector = await receiveVector(source, query, arranged, known, (first) => {
      if (known === null && isCurrent(question) && !isTyping()) showFirst({ ...first, key, arranged })
    })
    await whenTypingRests()
    await whenSteady()
    // While it was on its way a person went somewhere else: the next run answers that.
    if (isCurrent(question)) show({ ...vector, key, arranged })
  } catch (error) {
    // Another query has taken its place, or the engine has forgotten it: the next run asks again.
    const superseded = error instanceof VitrineError && error.code === 'cancelled'
    if (superseded) loading.request(!isCurrent(question))
    else {
      useVector.setState({ loading: false, error })
      throw error
    }
  } finally {
    asked = null
  }
}

function isCurrent(question: string): boolean {
  return question === questionOf(useBrowse.getState())
}

type Answered = WholeVector & { readonly key: string; readonly arranged: NonNullable<VectorState['arranged']> }

/** The beginning of a long vector, if it is that what a person is to see first. */
function showFirst({ rowIds, aspects, arrangement, key, arranged }: Omit<Answered, 'revision'>): void {
  const place = rememberedPlace(viewOf(key))
  if (place !== undefined && !rowIds.includes(place.rowId)) return
  if (whole !== null && viewOf(whole.key) !== viewOf(key)) setSelection(noSelection)
  const total = rowIds.length
  useVector.setState({ rowIds, aspects, total, arrangement, arranged, key, complete: false, error: null })
}

function show(vector: Answered): void {
  const { key } = vector
  const sameView = whole === null || viewOf(whole.key) === viewOf(key)
  // The first vector after a start meets the selection that was remembered.
  const before = whole?.rowIds ?? vector.rowIds
  const changed = before !== vector.rowIds || whole === null
  if (changed) setSelection(sameView ? carrySelection(useSelection.getState(), before, vector.rowIds) : noSelection)
  whole = vector
  if (changed) paintBegins()
  useVector.setState({ ...vector, total: vector.rowIds.length, complete: true, loading: false, error: null })
}

const viewOf = (key: string) => key.slice(0, key.indexOf('\n'))

let onError: (thrown: unknown) => void = () => {}
const loading = new LatestOnly(load, (thrown) => onError(thrown))

/** Asks for the vector again. `urgent` when a person waits for it, not when the catalogue changed in the background. */
export function refreshVector(urgent = false): void {
  // What nobody waits for any more ends at once, so that the next one need not wait for it.
  if (urgent) stopWaiting()
  if (urgent && asked !== null && !isCurrent(asked)) request('assets.closeVector', { stream }).catch(onError)
  loading.request(urgent)
}

/** Whom to tell of a query that failed. */
export function onVectorError(listener: (thrown: unknown) => void): void {
  onError = listener
}

/** Another library: nothing of the old one may be seen. */
export function clearVector(): void {
  whole = null
  useVector.setState(none)
  setSelection(noSelection)
}
