import { useState } from 'react'
import { removeForGood } from '../../actions/lifecycle.ts'
import { messageOf } from '../../api/client.ts'
import { closeDialog, usePanels } from '../../state/panels.ts'
import { type Removal, useRemoval } from '../../state/removal.ts'
import { lifecycle as strings } from '../../strings/lifecycle.ts'
import { Button } from '../../ui/Button.tsx'
import { QuestionDialog } from '../../ui/QuestionDialog.tsx'
import styles from './lifecycle.module.css'

/** Asks before anything is gone for good, with how much that is. More than was confirmed is never removed. */
export function RemoveForGood() {
  const open = usePanels((panels) => panels.dialog === 'remove-for-good')
  const asked = useRemoval((removal) => removal.asked)
  return open && asked !== null ? <Question asked={asked} /> : null
}

function Question({ asked }: { readonly asked: Removal }) {
  const [assets, setAssets] = useState(asked.assets)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  const remove = async () => {
    setBusy(true)
    setProblem(null)
    try {
      const now = await removeForGood({ ...asked, assets })
      if (now === null) return
      setAssets(now)
      setProblem(strings.moreNow(now))
    } catch (thrown) {
      setProblem(messageOf(thrown))
    }
    setBusy(false)
  }

  return (
    <QuestionDialog
      title={asked.what === 'all' ? strings.emptyTitle : strings.removeTitle(assets)}
      description={strings.removeText(assets, assets === asked.assets ? asked.bytes : null)}
      onCancel={closeDialog}
      answers={
        <Button variant="danger" disabled={busy} onClick={() => void remove()}>
          {strings.emptyDo(assets)}
        </Button>
      }
    >
      {problem === null ? null : (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </QuestionDialog>
  )
}
