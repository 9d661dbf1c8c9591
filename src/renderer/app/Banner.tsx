import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { frame } from '../strings/frame.ts'
import { IconButton } from '../ui/IconButton.tsx'
import styles from './Banners.module.css'

/** One line above what the window shows, which stays until it is not true any more or a person has read it. */
export function Banner({
  tone,
  icon,
  onDismiss,
  children,
}: {
  readonly tone: 'plain' | 'warn' | 'bad'
  readonly icon: ReactNode
  readonly onDismiss?: () => void
  readonly children: ReactNode
}) {
  return (
    <div className={styles.banner} data-tone={tone} role="status">
      {icon}
      <div className={styles.text}>{children}</div>
      {onDismiss === undefined ? null : (
        <IconButton label={frame.dismiss} size="s" onClick={onDismiss}>
          <X />
        </IconButton>
      )}
    </div>
  )
}
