import { CircleCheck, CirclePause, CloudAlert, CloudOff, CloudUpload, HardDrive } from 'lucide-react'
import { useEffect, useState } from 'react'
import { reportError } from '../../actions/mutate.ts'
import { request } from '../../api/client.ts'
import { useLibrary } from '../../queries/library.ts'
import { remotes as strings } from '../../strings/remotes.ts'
import { Button } from '../../ui/Button.tsx'
import { Progress } from '../../ui/Progress.tsx'
import styles from './SyncOverview.module.css'
import { type SyncLine, syncLine } from './syncLine.ts'
import { syncDetail, syncHeadline } from './syncSentence.ts'

const icons: Readonly<Record<SyncLine['kind'], typeof CloudOff>> = {
  none: HardDrive,
  'up-to-date': CircleCheck,
  uploading: CloudUpload,
  offline: CloudOff,
  paused: CirclePause,
  attention: CloudAlert,
}

/** How synchronising stands, and the two things one can do about it. */
export function SyncOverview() {
  const status = useLibrary((library) => library.sync)
  const now = useEverySecond(status?.state === 'offline')
  if (status === null) return null
  const line = syncLine(status, now)
  const Icon = icons[line.kind]
  const act = (action: Promise<unknown>) => void action.catch(reportError)
  return (
    <section className={styles.overview} aria-label={strings.title}>
      <span className={styles.icon} data-kind={line.kind}>
        <Icon aria-hidden="true" />
      </span>
      <div className={styles.text} role="status">
        <p className={styles.headline}>{syncHeadline(line)}</p>
        <p className={styles.detail}>{syncDetail(line)}</p>
        {status.message === null ? null : <p className={styles.detail}>{status.message}</p>}
      </div>
      {line.kind === 'none' ? null : (
        <div className={styles.actions}>
          <Button size="s" onClick={() => act(request('sync.pause', { paused: status.state !== 'paused' }))}>
            {status.state === 'paused' ? strings.resume : strings.pause}
          </Button>
          <Button size="s" disabled={status.state === 'paused'} onClick={() => act(request('sync.now'))}>
            {strings.syncNow}
          </Button>
        </div>
      )}
      {line.kind === 'uploading' ? (
        <div className={styles.progress}>
          <Progress value={line.share} label={syncHeadline(line)} />
        </div>
      ) : null}
    </section>
  )
}

/** The time, in ms since the epoch, renewed each second while a countdown is shown. */
function useEverySecond(running: boolean): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    setNow(Date.now())
    if (!running) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [running])
  return now
}
