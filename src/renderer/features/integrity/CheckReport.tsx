import { CircleCheck, TriangleAlert } from 'lucide-react'
import type { Verification, VerificationReport } from '../../../shared/domain/verification.ts'
import { integrity as strings } from '../../strings/integrity.ts'
import { countText } from '../../strings/quantities.ts'
import styles from './CheckLibrary.module.css'
import { type ReportGroup, reportGroups } from './reportGroups.ts'

/** Names that are drawn of one kind; the rest is counted. */
const DRAWN = 50

/** What a check found, in words first and then file by file. */
export function CheckReport({ state }: { readonly state: Verification }) {
  const { report } = state
  if (report === null) return null
  const groups = reportGroups(report)
  const sound = state.problems === 0 && state.state === 'done'
  return (
    <>
      <div className={styles.headline} data-sound={sound || undefined}>
        {sound ? <CircleCheck aria-hidden="true" /> : <TriangleAlert aria-hidden="true" />}
        <div>
          <p className={styles.verdict} role="status">
            {verdict(state, report)}
          </p>
          <p className={styles.facts}>{strings.facts(report.checked, report.bytes, report.seconds)}</p>
        </div>
      </div>
      {report.counts.undrawn > 0 ? <p className={styles.facts}>{strings.undrawn(report.counts.undrawn)}</p> : null}
      {groups.map((group) => (
        <Group key={group.name} group={group} />
      ))}
    </>
  )
}

function verdict({ state, problems, message }: Verification, { counts }: VerificationReport): string {
  if (state === 'failed') return message === null ? strings.failed : `${strings.failed}: ${message}`
  if (state === 'cancelled') return `${strings.cancelled}: ${strings.problemsSoFar(problems)}`
  if (problems === 0) return strings.sound
  return counts.repaired >= problems ? strings.allMended(problems) : strings.problems(problems)
}

function Group({ group: { name, count, lines } }: { readonly group: ReportGroup }) {
  const { title, hint } = strings.groups[name]
  const more = count - Math.min(lines.length, DRAWN)
  return (
    <details className={styles.group} open={count <= 5}>
      <summary>
        {title} <span className={styles.count}>{countText(count)}</span>
      </summary>
      {hint === '' ? null : <p className={styles.hint}>{hint}</p>}
      <ul className={styles.lines}>
        {lines.slice(0, DRAWN).map(({ text, detail }) => (
          <li key={`${text}\n${detail ?? ''}`}>
            {text}
            {detail === null ? null : <span className={styles.detail}>{detail}</span>}
          </li>
        ))}
        {more > 0 ? <li className={styles.detail}>{strings.more(more)}</li> : null}
      </ul>
    </details>
  )
}
