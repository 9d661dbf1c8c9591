import { useState } from 'react'
import type { Activity } from '../../../shared/contract/requests/requestMap.ts'
import { inspector as strings } from '../../strings/inspector.ts'
import { momentText } from '../../strings/quantities.ts'
import styles from './HistorySection.module.css'
import { Section } from './Section.tsx'

const SHOWN = 5

/** What happened to the asset, the latest first. */
export function HistorySection({ history }: { readonly history: readonly Activity[] }) {
  const [all, setAll] = useState(false)
  if (history.length === 0) return null
  const shown = all ? history : history.slice(0, SHOWN)
  return (
    <Section title={strings.history}>
      <ol className={styles.list}>
        {shown.map((entry) => (
          <li key={entry.id} className={styles.entry} data-undone={entry.undone || undefined}>
            <span className={styles.label}>{entry.label}</span>
            <span className={styles.when}>
              {entry.undone ? `${strings.undone} · ` : ''}
              <time dateTime={entry.at}>{momentText(entry.at)}</time>
            </span>
          </li>
        ))}
      </ol>
      {history.length > shown.length ? (
        <button type="button" className={styles.more} onClick={() => setAll(true)}>
          {strings.showAllHistory(history.length - shown.length)}
        </button>
      ) : null}
    </Section>
  )
}
