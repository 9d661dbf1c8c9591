import { useEffect, useState } from 'react'
import type { RequestOutput } from '../../../shared/contract/requests.ts'
import type { AssetId } from '../../../shared/domain/ids.ts'
import { request, subscribe } from '../../api/client.ts'

export type Stack = RequestOutput<'stacks.of'>

/** As many as the strip can ever show. */
const LIMIT = 24
/** After a change of the library it is asked for again, but not while one change follows the other. */
const SETTLE_MS = 800

/** What else was made of the asset's prompt, kept in step with the library; null until it is known. */
export function useStack(id: AssetId): Stack | null {
  const [known, setKnown] = useState<{ readonly id: AssetId; readonly stack: Stack } | null>(null)
  useEffect(() => {
    let current = true
    let timer: ReturnType<typeof setTimeout> | undefined
    // Without an answer there is no strip; why the engine does not answer is told elsewhere.
    const load = () =>
      void request('stacks.of', { id, limit: LIMIT })
        .then((stack) => current && setKnown({ id, stack }))
        .catch(() => {})
    load()
    const stop = subscribe('catalog.changed', ({ membership }) => {
      if (!membership) return
      clearTimeout(timer)
      timer = setTimeout(load, SETTLE_MS)
    })
    return () => {
      current = false
      clearTimeout(timer)
      stop()
    }
  }, [id])
  return known?.id === id ? known.stack : null
}
