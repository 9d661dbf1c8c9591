import { reportError } from '../../actions/mutate.ts'
import { request } from '../../api/client.ts'
import { fieldHints, fieldLabels, optional, remotes as strings } from '../../strings/remotes.ts'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './AddRemote.module.css'
import { TextualInput } from './S3Fields.tsx'
import type { AddRemoteState } from './useAddRemote.ts'

/** What a remote that is a folder needs. */
export function FolderFields({ state }: { readonly state: AddRemoteState }) {
  const choose = async () => {
    try {
      const folder = await request('shell.chooseFolder', { title: strings.chooseFolderTitle })
      if (folder !== null) state.set('folder', folder)
    } catch (thrown) {
      reportError(thrown)
    }
  }
  return (
    <>
      <Field label={fieldLabels.folder} hint={fieldHints.folder?.folder} error={state.errorOf('folder')}>
        {(control) => (
          <div className={styles.choose}>
            <TextField
              {...control}
              className={styles.grow ?? ''}
              value={state.form.folder}
              disabled={state.doing !== null}
              onChange={(event) => state.set('folder', event.target.value)}
            />
            <Button disabled={state.doing !== null} onClick={() => void choose()}>
              {strings.chooseFolder}
            </Button>
          </div>
        )}
      </Field>
      <TextualInput state={state} field="prefix" placeholder={optional} />
    </>
  )
}
