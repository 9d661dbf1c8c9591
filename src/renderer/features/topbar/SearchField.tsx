import { Search, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { usePlaceName } from '../../queries/place.ts'
import { setSearchText, useBrowse } from '../../state/browse.ts'
import { onFocusRequest } from '../../state/focusRequests.ts'
import { frame } from '../../strings/frame.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './SearchField.module.css'

/** Narrows the view while typing. Escape clears it, and then goes back to the grid. */
export function SearchField() {
  const text = useBrowse((browse) => browse.text)
  const place = usePlaceName()
  const input = useRef<HTMLInputElement>(null)
  useEffect(
    () =>
      onFocusRequest('search', () => {
        input.current?.focus()
        input.current?.select()
      }),
    [],
  )
  return (
    <search className={styles.search}>
      <TextField
        ref={input}
        type="search"
        aria-label={frame.searchIn(place)}
        placeholder={frame.searchIn(place)}
        value={text}
        maxLength={2000}
        onChange={(event) => setSearchText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.preventDefault()
          if (text === '') input.current?.blur()
          else setSearchText('')
        }}
        before={<Search aria-hidden="true" />}
        after={
          text === '' ? (
            <Kbd>/</Kbd>
          ) : (
            <IconButton
              className={styles.clear}
              label={frame.clearSearch}
              shortcut="Esc"
              size="s"
              onClick={() => {
                setSearchText('')
                input.current?.focus()
              }}
            >
              <X />
            </IconButton>
          )
        }
      />
    </search>
  )
}
