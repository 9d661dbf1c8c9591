import { ArrowLeft, CircleCheck, TriangleAlert } from 'lucide-react'
import { useId } from 'react'
import { closeDialog } from '../../state/panels.ts'
import { providerNames, remotes as strings } from '../../strings/remotes.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import styles from './AddRemote.module.css'
import { FolderFields } from './FolderFields.tsx'
import { problemText } from './problemText.ts'
import { endpointOf, fieldOfProblem, providers } from './remoteForm.ts'
import { S3Fields } from './S3Fields.tsx'
import { type AddRemoteState, useAddRemote } from './useAddRemote.ts'

const options = providers.map((value) => ({ value, label: providerNames[value] }))

/** The form of a new remote. It is tested before it is added; what is wrong is said at the field that is wrong. */
export function AddRemote({ onBack, onAdded }: { readonly onBack: () => void; readonly onAdded: () => void }) {
  const formId = useId()
  const state = useAddRemote(onAdded)
  const busy = state.doing !== null
  return (
    <Dialog
      open
      onClose={closeDialog}
      title={strings.addTitle}
      description={strings.addText}
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
        <Field label={strings.service}>
          {(control) => (
            <Select
              {...control}
              options={options}
              value={state.form.provider}
              disabled={busy}
              onChange={state.setProvider}
            />
          )}
        </Field>
        {state.form.provider === 'folder' ? (
          <FolderFields state={state} />
        ) : (
          <S3Fields state={state} provider={state.form.provider} />
        )}
        <Outcome state={state} />
      </form>
    </Dialog>
  )
}

/** How the last test went, for what no single field is to blame; else where the requests go. */
function Outcome({ state }: { readonly state: AddRemoteState }) {
  const { outcome, form } = state
  if (outcome?.kind === 'error' || (outcome?.kind === 'test' && !outcome.test.ok)) {
    const atField = outcome.kind === 'test' && !outcome.test.ok && fieldOfProblem(form.provider, outcome.test.problem)
    if (atField) return null
    return (
      <div className={styles.outcome} data-tone="bad" role="alert">
        <TriangleAlert aria-hidden="true" />
        <p>{outcome.kind === 'error' ? outcome.message : outcome.test.ok ? null : problemText(outcome.test)}</p>
      </div>
    )
  }
  if (outcome?.kind === 'test' && outcome.test.ok) {
    return (
      <div className={styles.outcome} data-tone="good" role="status">
        <CircleCheck aria-hidden="true" />
        <div>
          <p>{form.provider === 'folder' ? strings.testOkFolder : strings.testOk(outcome.test.latencyMs)}</p>
          {outcome.test.library === null ? null : <p>{strings.testLibrary(outcome.test.library.name)}</p>}
        </div>
      </div>
    )
  }
  const endpoint = endpointOf(form)
  if (endpoint === null) return null
  const bucket = form.bucket.trim()
  return <p className={styles.goesTo}>{strings.goesTo(bucket === '' ? endpoint : `${endpoint} · ${bucket}`)}</p>
}
