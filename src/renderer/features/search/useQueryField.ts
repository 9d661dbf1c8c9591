import { type KeyboardEvent, type RefObject, useEffect, useMemo, useState } from 'react'
import { parseSearch } from '../../../shared/domain/search/parseSearch.ts'
import type { SearchProblem } from '../../../shared/domain/search/searchNode.ts'
import { forgetSearches } from '../../state/recentSearches.ts'
import { offerId } from './offerId.ts'
import { problemToTell } from './problemToTell.ts'
import { type Offer, type OfferGroup, takeOffer } from './searchOffers.ts'
import { useOffers } from './useOffers.ts'

/** What counts as a pause of somebody who types (milliseconds). */
const SETTLED_MS = 500

interface ComboboxProps {
  readonly role: 'combobox'
  readonly 'aria-autocomplete': 'list'
  readonly 'aria-expanded': boolean
  readonly 'aria-controls': string | undefined
  readonly 'aria-activedescendant': string | undefined
}

export interface QueryField {
  readonly problems: readonly SearchProblem[]
  /** The problem to put into words now, null for none. */
  readonly told: SearchProblem | null
  readonly groups: readonly OfferGroup[]
  readonly open: boolean
  readonly active: Offer | undefined
  readonly setOpen: (open: boolean) => void
  /** What makes the input a combobox of the list with this id. */
  readonly comboboxProps: (listId: string) => ComboboxProps
  readonly take: (offer: Offer) => void
  /** For the input: follows the caret. */
  readonly onSelect: () => void
  readonly onFocus: () => void
  readonly onBlur: () => void
  /** True when the key was for the list. */
  readonly onKey: (event: KeyboardEvent<HTMLInputElement>) => boolean
}

/** The behaviour of a field for search text: where the caret is, what is offered there, what is wrong. */
export function useQueryField(
  input: RefObject<HTMLInputElement | null>,
  text: string,
  withRecent: boolean,
): QueryField {
  const [caret, setCaret] = useState<number | null>(null)
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const settled = useSettled(text)
  const { problems } = useMemo(() => parseSearch(text), [text])
  const { groups, offers } = useOffers(text, open ? caret : null, withRecent)
  const shown = open && offers.length > 0
  const told = problemToTell(problems, { caret, settled, offered: shown })

  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins without a choice
  useEffect(() => setActive(-1), [text, open])

  const follow = () => {
    const element = input.current
    if (element === null || document.activeElement !== element) return
    const { selectionStart, selectionEnd } = element
    setCaret(selectionEnd ?? selectionStart ?? element.value.length)
  }

  const take = (offer: Offer) => {
    const element = input.current
    if (element === null) return
    if (offer.kind === 'forget') {
      forgetSearches()
      return
    }
    const { from, to, insert } = takeOffer(text, caret ?? text.length, offer)
    element.focus()
    element.setSelectionRange(from, to)
    // The one way to write into a field that its own Undo knows of.
    document.execCommand('insertText', false, insert)
    setOpen(offer.kind === 'suggestion' && offer.suggestion.kind !== 'value')
    follow()
  }

  const onKey = (event: KeyboardEvent<HTMLInputElement>): boolean => {
    const chosen = offers[active]
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        event.preventDefault()
        if (!open) setOpen(true)
        else setActive(stepped(active, event.key === 'ArrowDown' ? 1 : -1, offers.length))
        return true
      case 'Enter':
        if (!shown || chosen === undefined) return false
        event.preventDefault()
        take(chosen)
        return true
      case 'Tab': {
        const completes = chosen ?? (text.trim() === '' || /\s$/.test(text) ? undefined : offers[0])
        if (!shown || event.shiftKey || completes === undefined) return false
        event.preventDefault()
        take(completes)
        return true
      }
      case 'Escape':
        if (!shown) return false
        event.preventDefault()
        event.stopPropagation()
        setOpen(false)
        return true
      default:
        return false
    }
  }

  return {
    problems,
    told,
    groups,
    open: shown,
    active: shown ? offers[active] : undefined,
    setOpen,
    comboboxProps: (listId) => ({
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': shown,
      'aria-controls': shown ? listId : undefined,
      'aria-activedescendant': shown && active >= 0 ? offerId(listId, active) : undefined,
    }),
    take,
    onSelect: follow,
    onFocus: follow,
    onBlur: () => {
      setCaret(null)
      setOpen(false)
    },
    onKey,
  }
}

/** The next line of a list of `count`; −1, between the last and the first, is none of them. */
function stepped(at: number, step: 1 | -1, count: number): number {
  return ((at + 1 + step + count + 1) % (count + 1)) - 1
}

function useSettled(text: string): boolean {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), SETTLED_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled === text
}
