import type { ReactNode } from 'react'
import styles from './Aloud.module.css'

/** Words for screen readers, where what is seen says it without them. */
export function Aloud({ children }: { readonly children: ReactNode }) {
  return <span className={styles.aloud}>{children}</span>
}
