import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { classNames } from '../../ui/classNames.ts'
import styles from './EditableText.module.css'

/**
 * Text that is edited where it stands. Saved when the field is left or with Enter (Ctrl or Cmd and Enter where Enter
 * makes a line), Escape takes back what was typed.
 */
export function EditableText({
  label,
  value,
  placeholder,
  maxLength,
  multiline = false,
  className,
  onSave,
}: {
  readonly label: string
  readonly value: string
  readonly placeholder: string
  readonly maxLength: number
  readonly multiline?: boolean
  readonly className?: string | undefined
  readonly onSave: (value: string) => void
}) {
  const [text, setText] = useState(value)
  const editing = useRef(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const abandoned = useRef(false)

  // What someone else changed shows at once, unless it would take the text from under a person's hands.
  useEffect(() => {
    if (!editing.current) setText(value)
  }, [value])

  // `field-sizing: content` is newer than the oldest Chromium that the window runs on.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height depends on the text that is drawn
  useLayoutEffect(() => {
    const element = field.current
    if (element === null) return
    element.style.height = 'auto'
    element.style.height = `${element.scrollHeight + 2}px`
  }, [text, placeholder])

  const save = () => {
    editing.current = false
    const clean = text.trim()
    if (abandoned.current || clean === value) setText(value)
    else onSave(clean)
    abandoned.current = false
  }
  const latestSave = useRef(save)
  useEffect(() => {
    latestSave.current = save
  })
  // Another asset may be selected from the keyboard or by a command: the field goes away without being left.
  useEffect(
    () => () => {
      if (editing.current) latestSave.current()
    },
    [],
  )

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // Keys of the grid must not act while a person writes.
    event.stopPropagation()
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') {
      abandoned.current = true
      event.currentTarget.blur()
    } else if (event.key === 'Enter' && (!multiline || event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      event.currentTarget.blur()
    }
  }

  return (
    <textarea
      ref={field}
      rows={1}
      className={classNames(styles.field, className)}
      aria-label={label}
      value={text}
      placeholder={placeholder}
      maxLength={maxLength}
      spellCheck={multiline}
      onFocus={() => {
        editing.current = true
      }}
      onBlur={save}
      onKeyDown={onKeyDown}
      onChange={(event) => setText(multiline ? event.target.value : event.target.value.replaceAll(/\s*\n\s*/g, ' '))}
    />
  )
}
