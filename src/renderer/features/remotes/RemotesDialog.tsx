import { useState } from 'react'
import { closeDialog, usePanels } from '../../state/panels.ts'
import { remotes as strings } from '../../strings/remotes.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { AddRemote } from './AddRemote.tsx'
import { AttentionList } from './AttentionList.tsx'
import { DeviceList } from './DeviceList.tsx'
import { LostEdits } from './LostEdits.tsx'
import { RemoteList } from './RemoteList.tsx'
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

  if (adding) {
    return (
      <AddRemote
        hasLibrary={remotes.list?.some(({ role }) => role === 'library') === true}
        onBack={() => setAdding(false)}
        onAdded={() => {
          setAdding(false)
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
      <RemoteList remotes={remotes} onAdd={() => setAdding(true)} />
      <AttentionList />
      <DeviceList />
      <TransferLimits />
    </Dialog>
  )
}
