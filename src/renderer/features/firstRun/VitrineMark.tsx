import styles from './FirstRun.module.css'

/** A glass case with a picture in it. */
export function VitrineMark() {
  return (
    <svg className={styles.mark} viewBox="0 0 48 48" aria-hidden="true">
      <rect x="5" y="6" width="38" height="30" rx="5" fill="var(--surface-2)" stroke="var(--line-strong)" />
      <rect x="10" y="11" width="28" height="20" rx="2.5" fill="var(--accent-wash)" />
      <circle cx="30.500" cy="17" r="2.800" fill="var(--accent)" />
      <path
        d="M10 29.500 18 20l6.500 7 3.500-3.500 10 7.500v0H12.500A2.500 2.500 0 0 1 10 29.500Z"
        fill="var(--accent)"
        opacity=".75"
      />
      <path d="M5 40h38" stroke="var(--ink-3)" strokeWidth="2" strokeLinecap="round" />
      <path d="M14 36v4M34 36v4" stroke="var(--line-strong)" strokeWidth="2" />
    </svg>
  )
}
