import { useCallback, useEffect, useRef, useState } from 'react'
import { setSearchText, useBrowse, viewKey } from '../../state/browse.ts'
import { keyTyped } from '../../state/typingPace.ts'

/** Letters that follow each other faster than this are searched for together (milliseconds). */
const PAUSE_MS = 60

/**
 * The text of the search field, which is ahead of what is searched for by a moment, so that typing waits for nothing. What
 * others search for, and going somewhere else, take its place.
 */
export function useDraft(): {
  readonly draft: string
  readonly write: (text: string) => void
  /** Searches for it now. */
  readonly flush: (text: string) => void
} {
  const [draft, setDraft] = useState(() => useBrowse.getState().text)
  const sent = useRef(draft)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const flush = useCallback((text: string) => {
    clearTimeout(timer.current)
    timer.current = undefined
    sent.current = text
    setDraft(text)
    if (useBrowse.getState().text !== text) setSearchText(text)
  }, [])

  const write = useCallback(
    (text: string) => {
      keyTyped()
      setDraft(text)
      clearTimeout(timer.current)
      timer.current = setTimeout(() => flush(text), PAUSE_MS)
    },
    [flush],
  )

  useEffect(() => {
    const adopt = (text: string) => {
      clearTimeout(timer.current)
      sent.current = text
      setDraft(text)
    }
    if (useBrowse.getState().text !== sent.current) adopt(useBrowse.getState().text)
    const stop = useBrowse.subscribe((now, before) => {
      const elsewhere = now.screen !== before.screen || viewKey(now.view) !== viewKey(before.view)
      if (now.text !== sent.current || elsewhere) adopt(now.text)
    })
    return () => {
      stop()
      clearTimeout(timer.current)
    }
  }, [])

  return { draft, write, flush }
}
