import type { ReactNode } from 'react'
import styles from './Kbd.module.css'

/** A key or a combination, as it is written on the keyboard. */
export function Kbd({ children }: { readonly children: ReactNode }) {
  return <kbd className={styles.kbd}>{children}</kbd>
}
