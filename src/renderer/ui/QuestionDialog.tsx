import type { ReactNode } from 'react'
import { ui } from '../strings/ui.ts'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'

/** A small dialog about one thing: at its foot the answers, after the one that changes nothing. */
export function QuestionDialog({
  title,
  description,
  answers,
  onCancel,
  children,
}: {
  readonly title: string
  readonly description?: string
  /** Buttons, the one that is meant last. */
  readonly answers: ReactNode
  readonly onCancel: () => void
  readonly children?: ReactNode
}) {
  return (
    <Dialog
      open
      onClose={onCancel}
      size="s"
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={onCancel}>{ui.cancel}</Button>
          {answers}
        </>
      }
    >
      {children}
    </Dialog>
  )
}
