import { arrangement as strings } from '../../strings/arrangement.ts'
import styles from './TypedName.module.css'

/** What is being typed to go to a name, over the pictures. */
export function TypedName({ typed, found }: { readonly typed: string | null; readonly found: boolean }) {
  return (
    <div className={styles.typed} role="status" data-shown={typed !== null || undefined}>
      {typed === null ? null : (
        <>
          <span>{strings.goToName(typed)}</span>
          {found ? null : <span className={styles.none}>{strings.noSuchName}</span>}
        </>
      )}
    </div>
  )
}
