import { Folder } from 'lucide-react'
import { useRef, useState } from 'react'
import { collectionNameSchema } from '../../../shared/domain/collection.ts'
import styles from './NameField.module.css'

/** Names something in place: Enter takes it, Escape and an empty name leave it. */
export function NameField({
  label,
  initial = '',
  onCommit,
  onCancel,
}: {
  readonly label: string
  readonly initial?: string
  readonly onCommit: (name: string) => Promise<unknown>
  readonly onCancel: () => void
}) {
  const [name, setName] = useState(initial)
  const ended = useRef(false)

  const end = (commit: boolean) => {
    if (ended.current) return
    ended.current = true
    const parsed = collectionNameSchema.safeParse(name)
    if (commit && parsed.success && parsed.data !== initial) void onCommit(parsed.data)
    else onCancel()
  }

  return (
    <div className={styles.field}>
      <Folder aria-hidden="true" />
      <input
        className={styles.input}
        aria-label={label}
        placeholder={label}
        value={name}
        maxLength={255}
        spellCheck={false}
        ref={focusAndSelect}
        onChange={(event) => setName(event.target.value)}
        onBlur={() => end(true)}
        onKeyDown={(event) => {
          event.stopPropagation()
          if (event.key === 'Enter') end(true)
          if (event.key === 'Escape') end(false)
        }}
      />
    </div>
  )
}

function focusAndSelect(input: HTMLInputElement | null): void {
  if (!input) return
  // A menu that opened this gives the focus back to where it was when it closes, a moment later.
  requestAnimationFrame(() => {
    input.focus()
    input.select()
    input.scrollIntoView({ block: 'nearest' })
  })
}
