import { useCallback, useEffect, useState } from 'react'
import type { RequestOutput } from '../../shared/contract/requests.ts'
import type { GenerationRequest, GenerationRequestId } from '../../shared/domain/generationRequest.ts'
import { request, subscribe } from '../api/client.ts'
import { LatestOnly } from './latestOnly.ts'

/** Requests of one answer. */
const PAGE = 100

export interface RequestList {
  /** The newest first; null until the first answer. */
  readonly requests: readonly GenerationRequest[] | null
  readonly more: boolean
  readonly error: unknown
  loadMore(): void
  look(): void
}

/** What was asked for, kept in step with the library while somebody looks. */
export function useRequestList(): RequestList {
  const [known, setKnown] = useState<{ requests: readonly GenerationRequest[]; more: boolean } | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [wanted, setWanted] = useState(PAGE)
  const [turn, setTurn] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each turn is another look
  useEffect(() => {
    let current = true
    const loading = new LatestOnly(
      async () => {
        const answer = await load(wanted)
        if (!current) return
        setKnown(answer)
        setError(null)
      },
      (thrown) => current && setError(thrown),
    )
    loading.request()
    const stop = whenRequestsMayDiffer(() => loading.request())
    return () => {
      current = false
      stop()
    }
  }, [wanted, turn])
  return {
    requests: known?.requests ?? null,
    more: known?.more ?? false,
    error,
    loadMore: useCallback(() => setWanted((last) => last + PAGE), []),
    look: useCallback(() => setTurn((last) => last + 1), []),
  }
}

async function load(wanted: number): Promise<{ requests: readonly GenerationRequest[]; more: boolean }> {
  const requests: GenerationRequest[] = []
  for (;;) {
    const last = requests.at(-1)
    const page = await request('requests.list', {
      limit: PAGE,
      ...(last === undefined ? {} : { before: { id: last.id, created_at: last.created_at } }),
    })
    requests.push(...page)
    if (page.length < PAGE) return { requests, more: false }
    if (requests.length >= wanted) return { requests, more: true }
  }
}

export type RequestDetail = RequestOutput<'requests.get'>

/** One request, kept in step with the library; null until it is known, and when there is none. */
export function useRequest(id: GenerationRequestId | null): RequestDetail | null {
  const [known, setKnown] = useState<RequestDetail | null>(null)
  useEffect(() => {
    if (id === null) return
    let current = true
    const loading = new LatestOnly(
      async () => {
        const answer = await request('requests.get', { id })
        if (current) setKnown(answer)
      },
      // It was deleted, or the engine is starting.
      () => current && setKnown(null),
    )
    loading.request()
    const stop = whenRequestsMayDiffer(() => loading.request())
    return () => {
      current = false
      stop()
    }
  }, [id])
  return known?.id === id ? known : null
}

/** Their state follows jobs, which move with imports, and everything else is in the catalogue. */
export function whenRequestsMayDiffer(look: () => void): () => void {
  const stopCatalog = subscribe('catalog.changed', look)
  const stopImports = subscribe('imports.changed', look)
  return () => {
    stopCatalog()
    stopImports()
  }
}
