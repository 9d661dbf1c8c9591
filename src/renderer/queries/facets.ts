import { create } from 'zustand'
import { VitrineError } from '../../shared/contract/errors.ts'
import type { FacetKind, Facets } from '../../shared/domain/facet.ts'
import { facetKinds } from '../../shared/domain/facet.ts'
import { request, subscribe } from '../api/client.ts'
import { type Browse, useBrowse } from '../state/browse.ts'
import { LatestOnly } from './latestOnly.ts'
import { queryKey } from './vector.ts'

/** Values of each kind that are asked for at first, and of the one that a person looks through. */
const AT_FIRST = 60
const LOOKED_THROUGH = 1000

export type Facet = Facets['facets'][number]

/** What the results of the present search can be told apart by. Empty while nobody looks. */
export interface FacetsState {
  readonly total: number
  readonly facets: ReadonlyMap<FacetKind, Facet>
  /** True while what is shown is not (yet) that of the present search. */
  readonly loading: boolean
  readonly error: unknown
}

const none: FacetsState = { total: 0, facets: new Map(), loading: false, error: null }

export const useFacets = create<FacetsState>()(() => none)

/** The kind of which all values are wanted, as far as there is a limit. */
let whole: FacetKind | null = null
let watched = false
/** Changes of the catalogue that came since the last answer. */
let changes = 0

async function load(): Promise<void> {
  if (!watched) return
  const browse = useBrowse.getState()
  const key = queryKey(browse)
  const seen = changes
  useFacets.setState({ loading: true })
  const query = queryOf(browse)
  const [all, one] = await Promise.all([
    request('assets.facets', { query, kinds: [...facetKinds], limit: AT_FIRST }),
    whole === null ? null : request('assets.facets', { query, kinds: [whole], limit: LOOKED_THROUGH }),
  ])
  if (!watched) return
  const facets = new Map(all.facets.map((facet) => [facet.kind, facet]))
  for (const facet of one?.facets ?? []) facets.set(facet.kind, facet)
  const current = key === queryKey(useBrowse.getState()) && seen === changes
  useFacets.setState({ total: all.total, facets, loading: !current, error: null })
}

const loading = new LatestOnly(load, (thrown) => {
  // The engine is starting again: whoever looks is told so elsewhere, and it is asked once more when it is there.
  const engine = thrown instanceof VitrineError && /^engine_|^cancelled$/.test(thrown.code)
  useFacets.setState({ loading: engine, error: engine ? null : thrown })
})

function queryOf({ view, text, sort }: Pick<Browse, 'view' | 'text' | 'sort'>) {
  return { view, text: text.trim(), sort }
}

/** Keeps the facets of the present search until the returned function is called. */
export function watchFacets(): () => void {
  watched = true
  loading.request(true)
  const stops = [
    useBrowse.subscribe((now, before) => {
      if (queryKey(now) !== queryKey(before)) loading.request(true)
    }),
    subscribe('catalog.changed', () => {
      changes++
      loading.request()
    }),
    subscribe('engine.state', ({ state }) => state === 'ready' && loading.request(true)),
  ]
  return () => {
    for (const stop of stops) stop()
    watched = false
    whole = null
    useFacets.setState(none)
  }
}

/** Asks for all values of a kind, as somebody looks for one of them. */
export function lookThrough(kind: FacetKind | null): void {
  if (whole === kind) return
  whole = kind
  if (watched && kind !== null) loading.request(true)
}

/** Asks once more after a failure. */
export function retryFacets(): void {
  loading.request(true)
}

/** How many kept assets a search finds. */
export async function countKept(text: string): Promise<number> {
  const query = { view: { kind: 'library' as const }, text }
  return (await request('assets.facets', { query, kinds: ['type'], limit: 1 })).total
}
