import { X } from 'lucide-react'
import { ui } from '../strings/ui.ts'
import { classNames } from './classNames.ts'
import { IconButton } from './IconButton.tsx'
import { Kbd } from './Kbd.tsx'
import styles from './Toast.module.css'

export interface ToastProps {
  readonly message: string
  readonly tone?: 'plain' | 'bad'
  readonly action?: { readonly label: string; readonly shortcut?: string; readonly run: () => void } | undefined
  readonly onDismiss: () => void
}

/** Says what has just happened, and how to take it back. */
export function Toast({ message, tone = 'plain', action, onDismiss }: ToastProps) {
  return (
    <div className={classNames(styles.toast, tone === 'bad' && styles.bad)} role={tone === 'bad' ? 'alert' : 'status'}>
      <span className={styles.message}>{message}</span>
      {action === undefined ? null : (
        <button type="button" className={styles.action} onClick={action.run}>
          {action.label}
          {action.shortcut === undefined ? null : <Kbd>{action.shortcut}</Kbd>}
        </button>
      )}
      <IconButton label={ui.dismiss} size="s" tooltip={false} onClick={onDismiss}>
        <X />
      </IconButton>
    </div>
  )
}
