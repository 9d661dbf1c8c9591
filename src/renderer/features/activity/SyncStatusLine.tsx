import { useLibrary } from '../../queries/library.ts'
import { originals as words } from '../../strings/originals.ts'
import { transfers as strings } from '../../strings/transfers.ts'
import { Progress } from '../../ui/Progress.tsx'
import styles from './Status.module.css'

/** Below this rate an estimate says nothing. */
const SLOWEST_BYTES_PER_SECOND = 100

/** How far uploading has come: files to go, bytes, rate and time; else that something is fetched, or what other devices did is read. Nothing while nothing is on its way. */
export function SyncStatusLine() {
  const sync = useLibrary((library) => library.sync)
  if (sync === null) return null
  if (sync.reading !== null) return <Indefinite title={words.reading} facts={words.changes(sync.reading)} />
  if (sync.state !== 'working' || sync.uploading === 0) {
    return sync.bytesDownPerSecond > 0 ? (
      <Indefinite title={words.barDown} facts={words.rate(sync.bytesDownPerSecond)} />
    ) : null
  }
  const { bytesSent, bytesWaiting, bytesPerSecond } = sync
  const facts: string[] = [strings.facts(bytesSent, bytesSent + bytesWaiting)]
  if (bytesPerSecond >= SLOWEST_BYTES_PER_SECOND) {
    facts.push(strings.rate(bytesPerSecond), strings.left(bytesWaiting / bytesPerSecond))
  }
  return (
    <div className={styles.status}>
      <span className={styles.title}>{strings.barUploading(sync.waiting + sync.uploading)}</span>
      <span className={styles.track}>
        <Progress value={bytesSent > 0 ? bytesSent / (bytesSent + bytesWaiting) : null} label={strings.barLabel} />
      </span>
      <span className={styles.facts}>{facts.join(' · ')}</span>
    </div>
  )
}

/** Something of which nobody knows how much there is. */
function Indefinite({ title, facts }: { readonly title: string; readonly facts: string }) {
  return (
    <div className={styles.status}>
      <span className={styles.title}>{title}</span>
      <span className={styles.track}>
        <Progress value={null} label={title} />
      </span>
      <span className={styles.facts}>{facts}</span>
    </div>
  )
}
