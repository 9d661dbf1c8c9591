import { useState } from 'react'
import { EXPIRED_GRACE_DAYS } from '../../../shared/domain/lifecycle.ts'
import { cleanUpNow } from '../../actions/lifecycle.ts'
import { useLibrary } from '../../queries/library.ts'
import { closeDialog, usePanels } from '../../state/panels.ts'
import { lifecycle as strings } from '../../strings/lifecycle.ts'
import { Button } from '../../ui/Button.tsx'
import { QuestionDialog } from '../../ui/QuestionDialog.tsx'

/** Asks before what is held goes, because a part of it may go for good. */
export function CleanUp() {
  const open = usePanels((panels) => panels.dialog === 'clean-up')
  return open ? <Question /> : null
}

function Question() {
  const held = useLibrary(({ lifecycle }) => lifecycle?.workspace.held?.assets ?? 0)
  const trashDays = useLibrary(({ lifecycle }) => lifecycle?.policy.trashDays ?? null)
  const [busy, setBusy] = useState(false)
  const cleanUp = async () => {
    setBusy(true)
    if (await cleanUpNow()) closeDialog()
    else setBusy(false)
  }
  return (
    <QuestionDialog
      title={strings.cleanUpTitle}
      description={strings.cleanUpText(held, Math.min(EXPIRED_GRACE_DAYS, trashDays ?? EXPIRED_GRACE_DAYS))}
      onCancel={closeDialog}
      answers={
        <Button variant="primary" disabled={busy} onClick={() => void cleanUp()}>
          {strings.cleanUpDo}
        </Button>
      }
    />
  )
}
