import { useEffect, useState } from 'react'
import { type Tag, tagKey } from '../../../shared/domain/tag.ts'
import { request } from '../../api/client.ts'
import type { RowIds } from '../../state/rowSet.ts'

/** Offered at most; as many more are asked for as are there already. */
const MOST = 7
const ASKED = 40
/** The selection is looked at up to here for tags that it is likely to be given. */
const SAMPLE = 200
const DELAY_MS = 60

/**
 * Tags to offer: those that what is being typed may name, or, before anything is typed, those that the selection is
 * likely to be given. What all of it has already is left out.
 * @param active false while nobody types there
 */
export function useTagOffers(
  text: string,
  rowIds: RowIds,
  present: readonly string[],
  active: boolean,
): readonly Tag[] {
  const typed = text.slice(text.lastIndexOf(',') + 1).trim()
  const [found, setFound] = useState<{ readonly text: string | null; readonly tags: readonly Tag[] }>(nothing)
  useEffect(() => {
    if (!active) return setFound(nothing)
    let current = true
    const question =
      typed === ''
        ? { assets: { rowIds: rowIds.slice(0, SAMPLE) }, limit: MOST }
        : { text: typed.slice(0, 1000), limit: ASKED }
    const timer = setTimeout(() => {
      request('tags.suggest', question).then(
        (tags) => current && setFound({ text: typed, tags }),
        // Without offers a tag can still be typed.
        () => current && setFound(nothing),
      )
    }, DELAY_MS)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [active, typed, rowIds])
  // Offers for nothing typed must not stay while something is.
  if (found.text === null || (found.text === '') !== (typed === '')) return []
  const taken = new Set(present.map(tagKey))
  return found.tags.filter(({ name }) => !taken.has(tagKey(name))).slice(0, MOST)
}

const nothing = { text: null, tags: [] } as const
