import { HardDrive } from 'lucide-react'
import { chooseLibrary, retryEngine } from '../actions/library.ts'
import { libraries as strings } from '../strings/libraries.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import { RecentLibraries } from './RecentLibraries.tsx'
import styles from './Screens.module.css'

/** The library's disk is away or its folder was moved: why, that it comes back by itself, and the ways on. */
export function LibraryMissing({ path, name }: { readonly path: string; readonly name: string | null }) {
  return (
    <main className={styles.screen}>
      <div className={styles.stack}>
        <EmptyState
          art={<HardDrive className={styles.warning} />}
          title={strings.missingTitle(name)}
          actions={
            <>
              <Button onClick={() => void retryEngine()}>{strings.retry}</Button>
              <Button variant="quiet" onClick={() => void chooseLibrary()}>
                {strings.find}
              </Button>
            </>
          }
        >
          <p className={styles.message}>{strings.missingText}</p>
          <code className={styles.path}>{path}</code>
          <p className={styles.waiting} role="status">
            <Spinner />
            {strings.missingWaiting}
          </p>
        </EmptyState>
        <RecentLibraries except={path} />
      </div>
    </main>
  )
}
