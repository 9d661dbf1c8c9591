import { ArrowLeft } from 'lucide-react'
import { useId } from 'react'
import type { Remote } from '../../../shared/domain/remote.ts'
import { closeDialog } from '../../state/panels.ts'
import { encryption } from '../../strings/encryption.ts'
import { remotes as strings } from '../../strings/remotes.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import styles from './AddRemote.module.css'
import { EncryptionFields } from './EncryptionFields.tsx'
import { RemoteFields } from './RemoteFields.tsx'
import { RemotePurpose } from './RemotePurpose.tsx'
import { useAddRemote } from './useAddRemote.ts'

/** The form of a new remote. It is tested before it is added; what is wrong is said at the field that is wrong. */
export function AddRemote({
  hasLibrary,
  onBack,
  onAdded,
}: {
  /** Whether the library has its remote: the next one is for something else. */
  readonly hasLibrary: boolean
  readonly onBack: () => void
  readonly onAdded: (remote: Remote | null) => void
}) {
  const formId = useId()
  const state = useAddRemote(onAdded, undefined, hasLibrary ? 'workspace' : 'library')
  const busy = state.doing !== null
  // From the others somebody else has to read.
  const mayEncrypt = state.form.role === 'library'
  const isEncrypted = mayEncrypt && state.encryption.form.kind !== 'none'
  return (
    <Dialog
      open
      onClose={closeDialog}
      title={strings.addTitle}
      description={isEncrypted ? encryption.addText : strings.addText[state.form.role]}
      footer={
        <>
          <Button variant="quiet" icon={<ArrowLeft aria-hidden="true" />} className={styles.back} onClick={onBack}>
            {strings.back}
          </Button>
          {busy ? <Spinner /> : null}
          <Button disabled={busy} onClick={() => void state.test()}>
            {state.doing === 'testing' ? strings.testing : strings.test}
          </Button>
          <Button variant="primary" type="submit" form={formId} disabled={busy}>
            {state.doing === 'adding' ? strings.adding : strings.addButton}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className={styles.form}
        aria-busy={busy}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void state.add()
        }}
      >
        <RemotePurpose state={state} />
        <RemoteFields state={state} />
        {mayEncrypt ? <EncryptionFields state={state} /> : null}
      </form>
    </Dialog>
  )
}
