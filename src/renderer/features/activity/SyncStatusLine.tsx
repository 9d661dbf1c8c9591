import { useLibrary } from '../../queries/library.ts'
import { originals } from '../../strings/originals.ts'
import { transfers as strings } from '../../strings/transfers.ts'
import { Progress } from '../../ui/Progress.tsx'
import styles from './Status.module.css'

/** Below this rate an estimate says nothing. */
const SLOWEST_BYTES_PER_SECOND = 100

/** How far uploading has come: files to go, bytes, rate and time; else that something is fetched. Nothing while nothing is on its way. */
export function SyncStatusLine() {
  const sync = useLibrary((library) => library.sync)
  if (sync === null) return null
  if (sync.state !== 'working' || sync.uploading === 0) {
    return sync.bytesDownPerSecond > 0 ? <Fetching bytesPerSecond={sync.bytesDownPerSecond} /> : null
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

function Fetching({ bytesPerSecond }: { readonly bytesPerSecond: number }) {
  return (
    <div className={styles.status}>
      <span className={styles.title}>{originals.barDown}</span>
      <span className={styles.track}>
        <Progress value={null} label={originals.barLabel} />
      </span>
      <span className={styles.facts}>{originals.rate(bytesPerSecond)}</span>
    </div>
  )
}
