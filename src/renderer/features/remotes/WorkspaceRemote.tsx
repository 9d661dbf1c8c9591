import type { WorkspaceRemoteState } from '../../../shared/domain/workspaceRemote.ts'
import { workspaceRemote as strings } from '../../strings/workspaceRemote.ts'
import { Badge } from '../../ui/Badge.tsx'
import styles from './RemoteList.module.css'

/** How the Workspace stands with one bucket, as a mark beside its name; none while all is well. */
export function WorkspaceBadge({ state }: { readonly state: WorkspaceRemoteState['state'] }) {
  if (state === 'up-to-date') return null
  if (state === 'attention') return <Badge tone="bad">{strings.attention}</Badge>
  return <Badge tone={state === 'offline' ? 'warn' : 'neutral'}>{strings[state]}</Badge>
}

/** What lies there, what is on its way, what was left there and why. */
export function WorkspaceDetails({ remote }: { readonly remote: WorkspaceRemoteState }) {
  const { objects, bytes, waiting, waitingBytes, leaving, refused, refusals, message, lastLookAt } = remote
  const now = [
    objects === 0 ? strings.empty : strings.there(objects, bytes),
    ...(waiting === 0 ? [] : [strings.waiting(waiting, waitingBytes)]),
    ...(leaving === 0 ? [] : [strings.leaving(leaving)]),
  ]
  return (
    <>
      {message === null ? null : <p className={styles.error}>{message}</p>}
      {lastLookAt === null ? null : <p className={styles.note}>{[...now, strings.looked(lastLookAt)].join(' · ')}</p>}
      {refused === 0 ? null : (
        <>
          <p className={styles.note}>{strings.refused(refused)}</p>
          <ul className={styles.refusals}>
            {refusals.map(({ key, message: reason }) => (
              <li key={key}>
                <span className={styles.key}>{key}</span> {reason}
              </li>
            ))}
            {refused > refusals.length ? <li>{strings.more(refused - refusals.length)}</li> : null}
          </ul>
        </>
      )}
    </>
  )
}
