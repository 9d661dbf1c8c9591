import type { QuotaState } from '../../../shared/domain/storage.ts'
import styles from './Bar.module.css'

/** A horizontal bar; what it means stands beside it in words. `share` 0 to 1. */
export function Bar({ share, tone }: { readonly share: number; readonly tone?: QuotaState }) {
  const width = Math.min(1, Math.max(0, share))
  return (
    <span className={styles.track} aria-hidden="true">
      <span
        className={styles.bar}
        data-tone={tone}
        // What is there at all is seen.
        style={{ width: width === 0 ? 0 : `max(2px, ${width * 100}%)` }}
      />
    </span>
  )
}
