import { TriangleAlert } from 'lucide-react'
import { chooseLibrary, retryEngine, showLog } from '../actions/library.ts'
import { frame } from '../strings/frame.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { RecentLibraries } from './RecentLibraries.tsx'
import styles from './Screens.module.css'

/** The library could not be opened, or the engine ends again and again: what happened, and the ways on. */
export function EngineFailed({ message, path }: { readonly message: string; readonly path: string | null }) {
  return (
    <main className={styles.screen}>
      <div className={styles.stack}>
        <EmptyState
          art={<TriangleAlert className={styles.warning} />}
          title={frame.failedTitle}
          actions={
            <>
              <Button variant="primary" onClick={() => void retryEngine()}>
                {frame.retry}
              </Button>
              <Button onClick={() => void chooseLibrary()}>{frame.chooseOther}</Button>
              <Button variant="quiet" onClick={() => void showLog()}>
                {frame.showLog}
              </Button>
            </>
          }
        >
          <p className={styles.message} role="alert">
            {message}
          </p>
          {path === null ? null : <code className={styles.path}>{path}</code>}
        </EmptyState>
        <RecentLibraries except={path} />
      </div>
    </main>
  )
}
