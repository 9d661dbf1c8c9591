import { ChevronDown } from 'lucide-react'
import type { WorkspaceSession } from '../../../shared/domain/lifecycle.ts'
import { useNow } from '../../queries/now.ts'
import { openView } from '../../state/browse.ts'
import { lifecycle as strings } from '../../strings/lifecycle.ts'
import { countText, spanText } from '../../strings/quantities.ts'
import { spanOfTime } from '../../strings/spanOfTime.ts'
import { Menu } from '../../ui/Menu.tsx'
import styles from './JobStrip.module.css'
import type { SessionParts } from './workspaceParts.ts'

/** What arrived together: the latest by themselves, the earlier ones in a menu. */
export function SessionChips({ shown, earlier, current }: SessionParts) {
  const now = useNow(60_000)
  const inMenu = current !== null && earlier.includes(current)
  return (
    <>
      {shown.map((session) => (
        <button
          key={session.from}
          type="button"
          className={styles.chip}
          aria-pressed={session === current}
          title={titleOf(session, now)}
          onClick={() => open(session)}
        >
          <span className={styles.name}>{spanOfTime(session.from, session.to, new Date(now))}</span>
          <span className={styles.count}>{countText(session.assets)}</span>
        </button>
      ))}
      {earlier.length === 0 ? null : (
        <Menu
          entries={earlier.map((session) => ({
            kind: 'choice',
            label: `${spanOfTime(session.from, session.to, new Date(now))} · ${countText(session.assets)}`,
            checked: session === current,
            onSelect: () => open(session),
          }))}
        >
          <button type="button" className={styles.chip} aria-pressed={inMenu}>
            <span className={styles.name}>
              {inMenu ? spanOfTime(current.from, current.to, new Date(now)) : strings.earlier(earlier.length)}
            </span>
            <ChevronDown className={styles.arrow} aria-hidden="true" />
          </button>
        </Menu>
      )}
    </>
  )
}

function open({ from, to }: WorkspaceSession): void {
  openView({ kind: 'workspace', session: { from, to } })
}

function titleOf({ assets, bytes, nextExpiryAt }: WorkspaceSession, now: number): string {
  const left = nextExpiryAt === null ? null : spanText((Date.parse(nextExpiryAt) - now) / 1000)
  return strings.sessionTitle(assets, bytes, left === null ? null : strings.nextExpires(left))
}
