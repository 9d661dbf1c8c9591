import { useEffect, useState } from 'react'
import { countKept } from '../../queries/facets.ts'

/** Counted when nothing was typed for so long (milliseconds). */
const PAUSE_MS = 250

/** How many kept assets a search finds; null while that is not known, and for no search. */
export function useKeptCount(text: string | null): number | null {
  const [known, setKnown] = useState<{ readonly text: string; readonly count: number } | null>(null)
  useEffect(() => {
    if (text === null) return
    let wanted = true
    const timer = setTimeout(() => {
      countKept(text).then(
        (count) => wanted && setKnown({ text, count }),
        // Without a number the dialog still saves; what is wrong with the search is said then.
        () => wanted && setKnown(null),
      )
    }, PAUSE_MS)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [text])
  return known !== null && known.text === text ? known.count : null
}
