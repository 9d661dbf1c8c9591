import styles from './DropArt.module.css'

/** Three pictures that settle into a tray: drawn, so that it follows the theme. */
export function DropArt() {
  return (
    <svg className={styles.art} viewBox="0 0 220 132" aria-hidden="true">
      <g className={styles.left}>
        <rect className={styles.card} x="34" y="26" width="58" height="74" rx="6" />
        <path className={styles.dune} d="M40 84c10-14 18-14 26-5s12 7 20-3v16a4 4 0 0 1-4 4H44a4 4 0 0 1-4-4z" />
        <circle className={styles.sun} cx="56" cy="46" r="7" />
      </g>
      <g className={styles.right}>
        <rect className={styles.card} x="128" y="26" width="58" height="74" rx="6" />
        <path
          className={styles.wave}
          d="M134 66c12-10 20-10 30-2s12 6 16 3M134 76c12-10 20-10 30-2s12 6 16 3M134 86c12-10 20-10 30-2s12 6 16 3"
        />
        <circle className={styles.moon} cx="168" cy="46" r="6" />
      </g>
      <g className={styles.middle}>
        <rect className={styles.front} x="72" y="8" width="76" height="92" rx="7" />
        <path className={styles.far} d="M80 72l18-22 14 15 10-11 18 20v14a4 4 0 0 1-4 4H84a4 4 0 0 1-4-4z" />
        <circle className={styles.glow} cx="126" cy="32" r="9" />
      </g>
      <path
        className={styles.tray}
        d="M14 92h40c4 0 6 2 8 5l4 7c2 3 4 4 8 4h72c4 0 6-1 8-4l4-7c2-3 4-5 8-5h40v28a8 8 0 0 1-8 8H22a8 8 0 0 1-8-8z"
      />
    </svg>
  )
}
