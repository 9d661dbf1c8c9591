import { X } from 'lucide-react'
import { Dialog as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import { ui } from '../strings/ui.ts'
import { classNames } from './classNames.ts'
import styles from './Dialog.module.css'
import { IconButton } from './IconButton.tsx'
import { useReturnFocus } from './useReturnFocus.ts'

/**
 * A surface over the window that takes the keyboard until it is closed. The backdrop is ours instead of Radix's,
 * because that one locks scrolling with an injected `<style>`, which the content security policy forbids.
 */
export function Dialog({
  open,
  onClose,
  title,
  description,
  size = 'm',
  footer,
  children,
}: {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  readonly description?: ReactNode
  readonly size?: 's' | 'm' | 'l'
  /** Buttons at the foot, which stays in place while the content scrolls. */
  readonly footer?: ReactNode
  readonly children: ReactNode
}) {
  const { remember, giveBack } = useReturnFocus()
  return (
    <Primitive.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Primitive.Portal>
        <div className={styles.backdrop}>
          <Primitive.Content
            className={classNames(styles.dialog, styles[size])}
            onOpenAutoFocus={(event) => {
              remember()
              focusFirstField(event)
            }}
            onCloseAutoFocus={giveBack}
            {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          >
            <header className={styles.header}>
              <div className={styles.heading}>
                <Primitive.Title className={styles.title}>{title}</Primitive.Title>
                {description === undefined ? null : (
                  <Primitive.Description className={styles.description}>{description}</Primitive.Description>
                )}
              </div>
              <Primitive.Close asChild>
                <IconButton label={ui.close} size="s" tooltip={false}>
                  <X />
                </IconButton>
              </Primitive.Close>
            </header>
            <div className={styles.body}>{children}</div>
            {footer === undefined ? null : <footer className={styles.footer}>{footer}</footer>}
          </Primitive.Content>
        </div>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

/** The keyboard starts in the first field; without one, on the dialog itself rather than on its close button. */
function focusFirstField(event: Event): void {
  const dialog = event.currentTarget
  if (!(dialog instanceof HTMLElement)) return
  event.preventDefault()
  const field = dialog.querySelector<HTMLElement>('input:not([type="hidden"]), textarea, select, [data-autofocus]')
  field?.focus()
  // One that can't be used yet takes no keyboard.
  if (!dialog.contains(document.activeElement)) dialog.focus()
}
