import { Plus } from 'lucide-react'
import { type KeyboardEvent, useId, useState } from 'react'
import { useLibrary } from '../../queries/library.ts'
import { inspector as strings } from '../../strings/inspector.ts'
import styles from './Chips.module.css'
import { tagCompletion, typedTags } from './tagCompletion.ts'

/** A field that takes tags: Enter or a comma adds, arrows choose from what is known already. */
export function TagField({
  present,
  onAdd,
}: {
  readonly present: readonly string[]
  readonly onAdd: (tags: readonly string[]) => void
}) {
  const listId = useId()
  const known = useLibrary((library) => library.tags)
  const [text, setText] = useState('')
  const [active, setActive] = useState(-1)
  const offered = tagCompletion(text, known, present)
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
      add(offered[active] ?? text)
    } else if (event.key === 'Tab' && active >= 0) {
      event.preventDefault()
      add(offered[active] ?? text)
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
        onBlur={() => add(text)}
        onKeyDown={onKeyDown}
      />
      <div id={listId} className={styles.offers} role="listbox" aria-label={strings.tags} hidden={!open}>
        {offered.map((tag, index) => (
          <div
            key={tag}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className={styles.offer}
            // Before the field loses the focus and adds what was typed so far.
            onPointerDown={(event) => {
              event.preventDefault()
              add(tag)
            }}
          >
            {tag}
          </div>
        ))}
      </div>
    </div>
  )
}
