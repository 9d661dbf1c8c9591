import { useState } from 'react'
import type { AssetDetail } from '../../../shared/contract/requests/assetRequests.ts'
import type { AssetActivity } from '../../../shared/contract/requests/requestMap.ts'
import { mutate } from '../../actions/mutate.ts'
import { request } from '../../api/client.ts'
import { closeDialog, openDialog, usePanels } from '../../state/panels.ts'
import { history as strings } from '../../strings/history.ts'
import { inspector } from '../../strings/inspector.ts'
import { Button } from '../../ui/Button.tsx'
import { QuestionDialog } from '../../ui/QuestionDialog.tsx'
import { HistoryEntry } from './HistoryEntry.tsx'
import styles from './HistorySection.module.css'
import { Section } from './Section.tsx'
import { useHistory } from './useHistory.ts'

/** Entries that are shown before somebody asks for more. */
const SHOWN = 5

/** What happened to the asset, the latest first, and the way back. Mount it anew for each asset. */
export function HistorySection({ asset }: { readonly asset: AssetDetail }) {
  const { entries, more, loading, loadMore } = useHistory(asset)
  const [all, setAll] = useState(false)
  const [asked, setAsked] = useState<AssetActivity | null>(null)
  const asking = usePanels((panels) => panels.dialog === 'undo-entry')
  if (entries.length === 0) return null
  const shown = all ? entries : entries.slice(0, SHOWN)
  const undo = (entry: AssetActivity) =>
    void mutate(() => request('history.undoEntry', { id: asset.id, activityId: entry.id }))
  const ask = (entry: AssetActivity) => {
    if (entry.count <= 1) return undo(entry)
    setAsked(entry)
    openDialog('undo-entry')
  }
  return (
    <Section title={strings.title}>
      <ol className={styles.list} data-testid="history">
        {shown.map((entry) => (
          <HistoryEntry key={entry.id} entry={entry} onUndo={() => ask(entry)} />
        ))}
      </ol>
      {entries.length > shown.length ? (
        <button type="button" className={styles.more} onClick={() => setAll(true)}>
          {inspector.showAllHistory(entries.length - shown.length)}
        </button>
      ) : more ? (
        <button type="button" className={styles.more} disabled={loading} onClick={loadMore}>
          {loading ? strings.loading : strings.earlier}
        </button>
      ) : null}
      {asking && asked !== null ? (
        <QuestionDialog
          title={strings.askTitle(asked.count)}
          description={strings.askText(asked.label, asked.count)}
          onCancel={closeDialog}
          answers={
            <Button
              variant="primary"
              onClick={() => {
                closeDialog()
                undo(asked)
              }}
            >
              {strings.askDo(asked.count)}
            </Button>
          }
        />
      ) : null}
    </Section>
  )
}
