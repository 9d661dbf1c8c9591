import { type ComponentProps, type ReactNode, type RefObject, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import type { SearchProblem } from '../../../shared/domain/search/searchNode.ts'
import { classNames } from '../../ui/classNames.ts'
import { FieldFrame } from '../../ui/FieldFrame.tsx'
import { highlightSearch } from './highlightSearch.ts'
import styles from './QueryInput.module.css'

/**
 * One line of search text with its parts told apart. What is seen lies behind the input, whose own text is transparent,
 * and scrolls with it; the input stays an ordinary one for the keyboard, the mouse and screen readers.
 */
export function QueryInput({
  inputRef,
  value,
  problems,
  before,
  after,
  className,
  ...rest
}: Omit<ComponentProps<'input'>, 'value' | 'ref'> & {
  readonly inputRef: RefObject<HTMLInputElement | null>
  readonly value: string
  readonly problems: readonly SearchProblem[]
  readonly before?: ReactNode
  readonly after?: ReactNode
}) {
  const drawn = useRef<HTMLDivElement>(null)
  const pieces = useMemo(() => highlightSearch(value, problems), [value, problems])

  useLayoutEffect(() => followScroll(inputRef.current, drawn.current))
  useEffect(() => {
    const input = inputRef.current
    if (input === null) return
    const follow = () => followScroll(input, drawn.current)
    // Moving the caret and selecting scroll the input as well, and not all of it is told by `scroll`.
    const events = ['scroll', 'input', 'select', 'keyup', 'pointermove', 'focus', 'blur'] as const
    for (const event of events) input.addEventListener(event, follow)
    document.addEventListener('selectionchange', follow)
    return () => {
      for (const event of events) input.removeEventListener(event, follow)
      document.removeEventListener('selectionchange', follow)
    }
  }, [inputRef])

  return (
    <FieldFrame className={classNames(styles.frame, className)} invalid={Boolean(rest['aria-invalid'])}>
      {before}
      <div className={styles.line}>
        <div ref={drawn} className={styles.drawn} aria-hidden="true">
          {pieces.map(({ from, condition, parts }) => (
            <span key={from} className={condition ? styles.condition : undefined}>
              {parts.map((part) => (
                <span key={part.from} className={styles[part.kind]} data-mistaken={part.mistaken || undefined}>
                  {part.text}
                </span>
              ))}
            </span>
          ))}
        </div>
        <input
          ref={inputRef}
          type="text"
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          maxLength={2000}
          {...rest}
          value={value}
          className={styles.input}
        />
      </div>
      {after}
    </FieldFrame>
  )
}

function followScroll(input: HTMLInputElement | null, drawn: HTMLDivElement | null): void {
  if (input !== null && drawn !== null && drawn.scrollLeft !== input.scrollLeft) drawn.scrollLeft = input.scrollLeft
}
