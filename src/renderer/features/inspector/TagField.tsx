import { Plus } from 'lucide-react'
import { type KeyboardEvent, useId, useState } from 'react'
import type { RowIds } from '../../state/rowSet.ts'
import { inspector as strings } from '../../strings/inspector.ts'
import styles from './Chips.module.css'
import { typedTags } from './typedTags.ts'
import { useTagOffers } from './useTagOffers.ts'

/** A field that takes tags: Enter or a comma adds, arrows choose from what is known already. */
export function TagField({
  present,
  rowIds,
  onAdd,
}: {
  readonly present: readonly string[]
  /** What the tags are for. */
  readonly rowIds: RowIds
  readonly onAdd: (tags: readonly string[]) => void
}) {
  const listId = useId()
  const [text, setText] = useState('')
  const [active, setActive] = useState(-1)
  const [focused, setFocused] = useState(false)
  const offered = useTagOffers(text, rowIds, present, focused)
  const open = offered.length > 0

  const add = (line: string) => {
    const tags = typedTags(line).filter((tag) => !present.includes(tag))
    setText('')
    setActive(-1)
    if (tags.length > 0) onAdd(tags)
  }

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    // Keys of the grid must not act while a person writes.
    event.stopPropagation()
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault()
      add(offered[active]?.name ?? text)
    } else if (event.key === 'Tab' && active >= 0) {
      event.preventDefault()
      add(offered[active]?.name ?? text)
    } else if (event.key === 'Escape') {
      if (text === '') event.currentTarget.blur()
      setText('')
      setActive(-1)
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      setActive((at) => Math.min(offered.length - 1, Math.max(-1, at + step)))
    }
  }

  return (
    <div className={styles.field}>
      <Plus aria-hidden="true" />
      <input
        className={styles.input}
        role="combobox"
        aria-label={strings.addTagLabel}
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={open && active >= 0 ? `${listId}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
        placeholder={strings.addTag}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setActive(-1)
        }}
        onFocus={() => setFocused(true)}
        onBlur={() => {
          setFocused(false)
          add(text)
        }}
        onKeyDown={onKeyDown}
      />
      <div id={listId} className={styles.offers} role="listbox" aria-label={strings.tags} hidden={!open}>
        {text.trim() === '' ? (
          <div className={styles.offersTitle} aria-hidden="true">
            {strings.likelyTags}
          </div>
        ) : null}
        {offered.map((tag, index) => (
          <div
            key={tag.id}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className={styles.offer}
            title={tag.aliases.length === 0 ? tag.path : `${tag.path} (${tag.aliases.join(', ')})`}
            // Before the field loses the focus and adds what was typed so far.
            onPointerDown={(event) => {
              event.preventDefault()
              add(tag.name)
            }}
          >
            <span className={styles.dot} style={{ background: tag.color ?? 'var(--ink-4)' }} aria-hidden="true" />
            <span className={styles.text}>{tag.name}</span>
            {tag.path === tag.name ? null : (
              <span className={styles.within}>{tag.path.split('/').slice(0, -1).join(' / ')}</span>
            )}
          </div>
        ))}
      </div>
    </div>
  )
}
