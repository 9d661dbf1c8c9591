import { useEffect, useMemo, useState } from 'react'
import { Completer, type Completion } from '../../queries/completion.ts'
import { useRecentSearches } from '../../state/recentSearches.ts'
import { type Offer, type OfferGroup, searchOffers } from './searchOffers.ts'

/** What can be written at the caret. The last answer stays until the next one is there, so that nothing flickers. */
export function useOffers(
  text: string,
  caret: number | null,
  withRecent: boolean,
): { readonly groups: readonly OfferGroup[]; readonly offers: readonly Offer[] } {
  const [completion, setCompletion] = useState<Completion | null>(null)
  const [completer] = useState(() => new Completer(setCompletion))
  const recent = useRecentSearches((state) => state.searches)
  useEffect(() => {
    if (caret !== null) completer.ask(text, caret)
  }, [completer, text, caret])
  return useMemo(() => {
    const groups = caret === null ? [] : searchOffers(text, completion, withRecent ? recent : [])
    return { groups, offers: groups.flatMap(({ offers }) => offers) }
  }, [text, caret, completion, recent, withRecent])
}
