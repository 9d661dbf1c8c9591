import { Search, X } from 'lucide-react'
import { useEffect, useId, useRef } from 'react'
import { usePlaceName } from '../../queries/place.ts'
import { onFocusRequest } from '../../state/focusRequests.ts'
import { rememberSearch } from '../../state/recentSearches.ts'
import { SEARCH_PROBLEM_ID, useSearchProblem } from '../../state/searchProblem.ts'
import { search } from '../../strings/search.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { OfferSurface } from './OfferSurface.tsx'
import { QueryInput } from './QueryInput.tsx'
import styles from './SearchField.module.css'
import { SearchGuide } from './SearchGuide.tsx'
import { useDraft } from './useDraft.ts'
import { useQueryField } from './useQueryField.ts'

/**
 * Narrows the view while typing, and offers what can be written. Escape closes the offers, then clears the field, then
 * leaves it.
 */
export function SearchField() {
  const place = usePlaceName()
  const input = useRef<HTMLInputElement>(null)
  const { draft, write, flush } = useDraft()
  const field = useQueryField(input, draft, true)
  const listId = useId()
  const { told } = field

  useEffect(
    () =>
      onFocusRequest('search', () => {
        input.current?.focus()
        input.current?.select()
        field.setOpen(true)
      }),
    [field.setOpen],
  )
  useEffect(() => {
    const reveal = () => {
      input.current?.focus()
      if (told !== null) input.current?.setSelectionRange(told.from, told.to)
    }
    useSearchProblem.setState({ problem: told, reveal })
  }, [told])

  const finish = (text: string) => {
    flush(text)
    if (field.problems.length === 0) rememberSearch(text)
  }
  const clear = () => {
    flush('')
    input.current?.focus()
  }

  return (
    <search className={styles.search}>
      <QueryInput
        className={styles.frame}
        inputRef={input}
        value={draft}
        problems={field.problems}
        {...field.comboboxProps(listId)}
        aria-label={search.searchIn(place)}
        placeholder={search.searchIn(place)}
        aria-invalid={told?.kind === 'mistake'}
        aria-describedby={told === null ? undefined : SEARCH_PROBLEM_ID}
        onChange={(event) => {
          write(event.target.value)
          field.setOpen(true)
          field.onSelect()
        }}
        onSelect={field.onSelect}
        onPointerUp={() => draft === '' && field.setOpen(true)}
        onFocus={field.onFocus}
        onBlur={() => {
          field.onBlur()
          finish(draft)
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || field.onKey(event)) return
          if (event.key === 'Enter') {
            finish(draft)
            field.setOpen(false)
          } else if (event.key === 'Escape') {
            event.preventDefault()
            if (draft === '') input.current?.blur()
            else flush('')
            field.setOpen(false)
          }
        }}
        before={<Search aria-hidden="true" />}
        after={
          <span className={styles.tools}>
            {draft === '' ? (
              <span className={styles.key}>
                <Kbd>/</Kbd>
              </span>
            ) : (
              <IconButton label={search.clear} shortcut="Esc" size="s" onClick={clear}>
                <X />
              </IconButton>
            )}
            <span className={styles.guide}>
              <SearchGuide onTry={flush} />
            </span>
          </span>
        }
      />
      <OfferSurface id={listId} field={field} />
    </search>
  )
}
