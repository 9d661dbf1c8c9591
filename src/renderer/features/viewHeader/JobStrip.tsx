import { useLibrary } from '../../queries/library.ts'
import { openView } from '../../state/browse.ts'
import { frame } from '../../strings/frame.ts'
import { countText } from '../../strings/quantities.ts'
import { JobChip } from './JobChip.tsx'
import styles from './JobStrip.module.css'
import { SessionChips } from './SessionChips.tsx'
import { useSessions } from './useSessions.ts'
import { jobParts, sessionParts, type WorkspaceView } from './workspaceParts.ts'

/**
 * The parts of the Workspace: what arrived together, and the jobs, a batch for each subfolder of the drop folder. Absent
 * while there is only one session and no job.
 */
export function JobStrip({ view }: { readonly view: WorkspaceView }) {
  const jobs = useLibrary((library) => library.jobs)
  const total = useLibrary((library) => library.counts?.workspace ?? 0)
  const sessions = sessionParts(useSessions(), view)
  const shownJobs = jobParts(jobs, sessions.current, view.jobId)
  if (shownJobs.length === 0 && sessions.shown.length === 0 && view.session === undefined) return null
  const ofSession = view.session === undefined ? {} : { session: view.session }
  return (
    <fieldset className={styles.strip} aria-label={frame.jobs}>
      <button
        type="button"
        className={styles.chip}
        aria-pressed={view.jobId === undefined && view.session === undefined}
        onClick={() => openView({ kind: 'workspace' })}
      >
        {frame.allJobs}
        <span className={styles.count}>{countText(total)}</span>
      </button>
      <SessionChips {...sessions} />
      {sessions.shown.length > 0 && shownJobs.length > 0 ? <span className={styles.between} /> : null}
      {shownJobs.map((part) => (
        <JobChip
          key={part.job.id}
          part={part}
          pressed={view.jobId === part.job.id}
          onPress={() =>
            openView({ kind: 'workspace', ...ofSession, ...(view.jobId === part.job.id ? {} : { jobId: part.job.id }) })
          }
        />
      ))}
    </fieldset>
  )
}
