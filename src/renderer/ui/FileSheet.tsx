import { TriangleAlert } from 'lucide-react'
import type { CSSProperties } from 'react'
import type { AssetType } from '../../shared/domain/asset.ts'
import styles from './FileSheet.module.css'
import { fileIcon } from './fileIcon.ts'

/** Labels of that many characters have room in large letters, and are cut off beyond that many. */
const SHORT = 4
const LONGEST = { ample: 10, compact: 6 }
/** A label on a lower sheet could not be read; on one below the second height it is alone there (CSS pixels). */
const LABELLED = 40
const AMPLE = 56

/** A sheet of paper that stands for a file: the icon of its kind, and its extension on a label. */
export function FileSheet({
  type,
  extension,
  fallback,
  height,
  state,
}: {
  readonly type: AssetType
  /** With or without a dot; any case. */
  readonly extension: string
  /** What the label says of a file without an extension. */
  readonly fallback: string
  /** CSS pixels. A small sheet has no label. */
  readonly height: number
  /** Something is wrong with the file, or it is still being read. */
  readonly state?: 'problem' | 'working' | undefined
}) {
  const bare = extension.replace(/^\./, '').toLowerCase()
  const label = bare === '' ? fallback : bare
  const compact = height >= LABELLED && height < AMPLE
  const longest = compact ? LONGEST.compact : LONGEST.ample
  const Icon = state === 'problem' ? TriangleAlert : fileIcon(type, bare)
  return (
    <span
      className={styles.sheet}
      style={{ '--height': `${Math.round(height)}px` } as CSSProperties}
      data-small={height < LABELLED || undefined}
      data-compact={compact || undefined}
      data-state={state}
      aria-hidden="true"
    >
      <svg className={styles.paper} viewBox="0 0 48 60" aria-hidden="true">
        <path
          className={styles.page}
          d="M6 .75h23.5L47.25 18.5V54A5.25 5.25 0 0 1 42 59.25H6A5.25 5.25 0 0 1 .75 54V6A5.25 5.25 0 0 1 6 .75Z"
        />
        <path className={styles.fold} d="M29.5 .75V14a4.5 4.5 0 0 0 4.5 4.5h13.25Z" />
      </svg>
      {compact ? null : <Icon className={styles.icon} />}
      {height < LABELLED ? null : (
        <span className={styles.label} data-long={label.length > SHORT || undefined}>
          {label.length > longest ? `${label.slice(0, longest - 1)}…` : label}
        </span>
      )}
    </span>
  )
}
