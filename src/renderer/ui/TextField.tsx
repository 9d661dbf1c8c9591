import type { ComponentProps, ReactNode } from 'react'
import { FieldFrame } from './FieldFrame.tsx'
import styles from './TextField.module.css'

export type TextFieldProps = ComponentProps<'input'> & {
  /** An icon or a mark inside the frame, before the text. */
  readonly before?: ReactNode
  /** A button or a hint inside the frame, after the text. */
  readonly after?: ReactNode
}

/** One line of text. Name it with a label or `aria-label`. */
export function TextField({ before, after, className, ...rest }: TextFieldProps) {
  return (
    <FieldFrame className={className} invalid={Boolean(rest['aria-invalid'])}>
      {before}
      <input autoComplete="off" spellCheck={false} type="text" {...rest} className={styles.input} />
      {after}
    </FieldFrame>
  )
}
