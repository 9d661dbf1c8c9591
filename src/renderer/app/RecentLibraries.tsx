import { HardDrive, Layers } from 'lucide-react'
import { openLibrary } from '../actions/library.ts'
import { useRecentLibraries } from '../queries/recentLibraries.ts'
import { libraries as strings } from '../strings/libraries.ts'
import { Button } from '../ui/Button.tsx'
import styles from './RecentLibraries.module.css'

/** The libraries that were open lately, without the one at `except`: one press opens one. */
export function RecentLibraries({ except }: { readonly except: string | null }) {
  const recent = useRecentLibraries(except)
  if (recent === null || recent.length === 0) return null
  return (
    <section className={styles.recent} aria-label={strings.recent}>
      <h2 className={styles.title}>{strings.recent}</h2>
      <ul className={styles.list}>
        {recent.map(({ path, name, there }) => (
          <li key={path} className={styles.library}>
            {there ? <Layers aria-hidden="true" /> : <HardDrive aria-hidden="true" />}
            <div className={styles.names}>
              <span className={styles.name}>{name}</span>
              <span className={styles.path} title={path}>
                {path}
              </span>
            </div>
            {there ? (
              <Button size="s" aria-label={strings.openNamed(name)} onClick={() => void openLibrary(path)}>
                {strings.open}
              </Button>
            ) : (
              <span className={styles.away}>{strings.notThere}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
