import { CircleCheck, TriangleAlert } from 'lucide-react'
import { providerNames, remotes as strings } from '../../strings/remotes.ts'
import { Field } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import styles from './AddRemote.module.css'
import { FolderFields } from './FolderFields.tsx'
import { problemText } from './problemText.ts'
import { endpointOf, fieldOfProblem, providers } from './remoteForm.ts'
import { S3Fields } from './S3Fields.tsx'
import type { AddRemoteState } from './useAddRemote.ts'

const options = providers.map((value) => ({ value, label: providerNames[value] }))

/** Where a bucket or folder is and what opens it, with how the last attempt went below. */
export function RemoteFields({ state }: { readonly state: AddRemoteState }) {
  const busy = state.doing !== null
  return (
    <>
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
    </>
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
