import { CircleCheck } from 'lucide-react'
import { useState } from 'react'
import { closeDialog, usePanels } from '../../state/panels.ts'
import { conflicts as strings } from '../../strings/conflicts.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ItemList } from '../../ui/ItemList.tsx'
import { ConflictRow } from './ConflictRow.tsx'
import styles from './Conflicts.module.css'
import { useConflicts } from './useConflicts.ts'

/** The inbox of edits that lost against one of another device: each is put back or let go with one click. */
export function ConflictsDialog() {
  const open = usePanels((panels) => panels.dialog === 'conflicts')
  return open ? <OpenConflicts /> : null
}

function OpenConflicts() {
  const { found, more, resolve } = useConflicts()
  const [busy, setBusy] = useState(false)
  const settle = async (ids: readonly number[], how: 'restore' | 'keep') => {
    setBusy(true)
    await resolve(ids, how)
    setBusy(false)
  }
  const shown = found?.conflicts ?? []
  return (
    <Dialog
      open
      onClose={closeDialog}
      size="l"
      title={strings.title}
      {...(shown.length === 0
        ? {}
        : {
            description: strings.text,
            footer: (
              <Button
                disabled={busy}
                onClick={() =>
                  void settle(
                    shown.map(({ id }) => id),
                    'keep',
                  )
                }
              >
                {strings.keepAll}
              </Button>
            ),
          })}
    >
      {found === null ? <p className={styles.note}>{strings.loading}</p> : null}
      {found !== null && shown.length === 0 ? (
        <EmptyState art={<CircleCheck />} title={strings.none}>
          {strings.noneText}
        </EmptyState>
      ) : null}
      {shown.length === 0 ? null : (
        <ItemList>
          {shown.map((conflict) => (
            <ConflictRow
              key={conflict.id}
              conflict={conflict}
              card={conflict.row_id === null ? undefined : found?.cards.get(conflict.row_id)}
              busy={busy}
              onSettle={(how) => void settle([conflict.id], how)}
            />
          ))}
        </ItemList>
      )}
      {found !== null && found.total > shown.length ? (
        <p className={styles.more}>
          {strings.more(found.total - shown.length)}
          <Button size="s" onClick={more}>
            {strings.showMore}
          </Button>
        </p>
      ) : null}
    </Dialog>
  )
}
