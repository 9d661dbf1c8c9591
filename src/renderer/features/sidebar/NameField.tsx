import { type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import type { ZodType } from 'zod'
import styles from './NameField.module.css'

/** Names something in place: Enter takes it, Escape and an empty name leave it. */
export function NameField({
  label,
  icon,
  schema,
  initial = '',
  onCommit,
  onCancel,
}: {
  readonly label: string
  readonly icon: ReactNode
  /** What names there can be. */
  readonly schema: ZodType<string>
  readonly initial?: string
  readonly onCommit: (name: string) => Promise<unknown>
  readonly onCancel: () => void
}) {
  const [name, setName] = useState(initial)
  const ended = useRef(false)
  const field = useRef<HTMLInputElement>(null)
  /** False for the moment in which a menu that opened this gives the focus back to where it was. */
  const settled = useRef(false)

  // At once, so that no letter of somebody who types on is lost.
  useLayoutEffect(() => {
    const input = field.current
    input?.focus()
    input?.select()
    input?.scrollIntoView({ block: 'nearest' })
    const frame = requestAnimationFrame(() => {
      if (document.activeElement !== input) input?.focus()
      settled.current = true
    })
    const tree = input?.closest<HTMLElement>('[role="tree"]')
    return () => {
      cancelAnimationFrame(frame)
      // The keyboard goes on where it was, unless a click has taken it elsewhere.
      if (document.activeElement === input) tree?.focus()
    }
  }, [])

  const end = (commit: boolean) => {
    if (ended.current) return
    ended.current = true
    const parsed = schema.safeParse(name)
    if (commit && parsed.success && parsed.data !== initial) void onCommit(parsed.data)
    else onCancel()
  }

  return (
    <div className={styles.field}>
      {icon}
      <input
        className={styles.input}
        aria-label={label}
        placeholder={label}
        value={name}
        maxLength={255}
        spellCheck={false}
        ref={field}
        onChange={(event) => setName(event.target.value)}
        onBlur={() => settled.current && end(true)}
        onKeyDown={(event) => {
          event.stopPropagation()
          if (event.key === 'Enter') end(true)
          if (event.key === 'Escape') end(false)
        }}
      />
    </div>
  )
}
