import { useState } from 'react'
import type { Remote } from '../../../shared/domain/remote.ts'
import { closeDialog, usePanels } from '../../state/panels.ts'
import { remotes as strings } from '../../strings/remotes.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { AddRemote } from './AddRemote.tsx'
import { AdoptFiles } from './AdoptFiles.tsx'
import { AttentionList } from './AttentionList.tsx'
import { DeviceList } from './DeviceList.tsx'
import { LostEdits } from './LostEdits.tsx'
import { RecoverySheet } from './RecoverySheet.tsx'
import { RemoteList } from './RemoteList.tsx'
import { ShareList } from './ShareList.tsx'
import { SyncOverview } from './SyncOverview.tsx'
import { TransferLimits } from './TransferLimits.tsx'
import { TransferList } from './TransferList.tsx'
import { useRemotes } from './useRemotes.ts'

/** The sync centre: how synchronising stands, where it goes to, and what needs a person. */
export function RemotesDialog() {
  const open = usePanels((panels) => panels.dialog === 'remotes')
  return open ? <OpenRemotesDialog /> : null
}

function OpenRemotesDialog() {
  const [adding, setAdding] = useState(usePanels.getState().addRemote)
  const remotes = useRemotes()
  /** Whose recovery sheet is shown; one that was just added has none yet. */
  const [sheet, setSheet] = useState<{ readonly remote: Remote; readonly isNew: boolean } | null>(null)

  /** Whose files are asked about. */
  const [asked, setAsked] = useState<{ readonly remote: Remote; readonly isNew: boolean } | null>(null)

  if (sheet !== null) return <RecoverySheet {...sheet} onDone={() => setSheet(null)} />
  if (adding) {
    return (
      <AddRemote
        hasLibrary={remotes.list?.some(({ role }) => role === 'library') === true}
        onBack={() => setAdding(false)}
        onAdded={(remote) => {
          setAdding(false)
          if (remote?.location.encryption) setSheet({ remote, isNew: true })
          else if (remote?.role === 'library') setAsked({ remote, isNew: true })
          void remotes.reload()
        }}
      />
    )
  }
  return (
    <Dialog open onClose={closeDialog} title={strings.title}>
      <SyncOverview />
      <LostEdits />
      <TransferList />
      <RemoteList
        remotes={remotes}
        onAdd={() => setAdding(true)}
        onRecovery={(remote) => setSheet({ remote, isNew: false })}
        onAdopt={(remote) => setAsked({ remote, isNew: false })}
      />
      <ShareList />
      <AttentionList />
      <DeviceList />
      <TransferLimits />
      {asked === null ? null : <AdoptFiles {...asked} onDone={() => setAsked(null)} />}
    </Dialog>
  )
}
