import styles from './Spinner.module.css'

/** Something is going on that has no count. Name it in the text beside it. */
export function Spinner() {
  return <span className={styles.spinner} aria-hidden="true" />
}
