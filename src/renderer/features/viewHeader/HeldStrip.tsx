import { CalendarClock } from 'lucide-react'
import { useLibrary } from '../../queries/library.ts'
import { openDialog } from '../../state/panels.ts'
import { lifecycle as strings } from '../../strings/lifecycle.ts'
import { dateText } from '../../strings/quantities.ts'
import { Button } from '../../ui/Button.tsx'
import { NoticeStrip } from './NoticeStrip.tsx'

/** Assets that are due but wait, because a person was away: why, until when, and how not to wait. */
export function HeldStrip() {
  const held = useLibrary((library) => library.lifecycle?.workspace.held ?? null)
  if (held === null) return null
  return (
    <NoticeStrip
      tone="warn"
      icon={<CalendarClock aria-hidden="true" />}
      actions={
        <Button size="s" onClick={() => openDialog('clean-up')}>
          {strings.cleanUp}
        </Button>
      }
    >
      {strings.held(held.assets)}. {strings.heldUntil(dateText(held.since), dateText(held.until))}
    </NoticeStrip>
  )
}
