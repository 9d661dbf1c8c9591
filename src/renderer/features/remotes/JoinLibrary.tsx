import { useEffect, useId, useState } from 'react'
import { reportError } from '../../actions/mutate.ts'
import { request } from '../../api/client.ts'
import { useLibrary } from '../../queries/library.ts'
import { closeDialog, usePanels } from '../../state/panels.ts'
import { joinLibrary as strings } from '../../strings/joinLibrary.ts'
import { ui } from '../../strings/ui.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './AddRemote.module.css'
import { EncryptionFields } from './EncryptionFields.tsx'
import { RemoteFields } from './RemoteFields.tsx'
import { useAddRemote } from './useAddRemote.ts'

/** Makes a library out of what a bucket or folder holds. `onBegin` is told when no library is open and one is tried. */
export function JoinLibrary({ onBegin }: { readonly onBegin: () => void }) {
  const open = usePanels((panels) => panels.dialog === 'join-library')
  return open ? <OpenJoinLibrary onBegin={onBegin} /> : null
}

function OpenJoinLibrary({ onBegin }: { readonly onBegin: () => void }) {
  const formId = useId()
  const { path, setPath, choose } = usePath()
  const [pathMissing, setPathMissing] = useState(false)
  const state = useAddRemote(closeDialog, async ({ location, credentials, encryption }) => {
    if (useLibrary.getState().engine.state !== 'ready') onBegin()
    await request('shell.joinLibrary', {
      path: path.trim(),
      remote: {
        location,
        ...(credentials === undefined ? {} : { credentials }),
        ...(encryption === undefined || encryption.kind === 'new-key' ? {} : { encryption }),
      },
    })
  })
  const busy = state.doing !== null
  const join = () => {
    const missing = path.trim() === ''
    setPathMissing(missing)
    if (!missing) void state.add()
  }
  return (
    <Dialog
      open
      onClose={busy ? () => undefined : closeDialog}
      title={strings.title}
      description={strings.text}
      footer={
        <>
          {busy ? <Spinner /> : null}
          <Button disabled={busy} onClick={closeDialog}>
            {ui.cancel}
          </Button>
          <Button variant="primary" type="submit" form={formId} disabled={busy}>
            {busy ? strings.joining : strings.join}
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
          join()
        }}
      >
        <RemoteFields state={state} />
        {state.encryption.opens ? <EncryptionFields state={state} /> : null}
        <Field
          label={strings.where}
          hint={strings.whereHint}
          error={pathMissing && path.trim() === '' ? strings.pathRequired : null}
        >
          {(control) => (
            <div className={styles.choose}>
              <TextField
                {...control}
                className={styles.grow ?? ''}
                value={path}
                disabled={busy}
                onChange={(event) => setPath(event.target.value)}
              />
              <Button disabled={busy} onClick={() => void choose()}>
                {strings.choose}
              </Button>
            </div>
          )}
        </Field>
        {busy ? (
          <p className={styles.note} role="status">
            {strings.joiningText}
          </p>
        ) : null}
      </form>
    </Dialog>
  )
}

/** Where the copy goes. The usual place is proposed to somebody who has no library yet. */
function usePath() {
  const [path, setPath] = useState('')
  useEffect(() => {
    if (useLibrary.getState().info !== null) return
    request('shell.info').then(
      ({ defaultLibrary }) => setPath((current) => (current === '' ? defaultLibrary : current)),
      reportError,
    )
  }, [])
  const choose = async () => {
    try {
      const chosen = await request('shell.chooseFolder', { title: strings.chooseTitle })
      if (chosen !== null) setPath(chosen)
    } catch (thrown) {
      reportError(thrown)
    }
  }
  return { path, setPath, choose }
}
