import { remotePolicy } from '../../strings/remotePolicy.ts'
import { optional, remotes as strings } from '../../strings/remotes.ts'
import { Field } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { roles } from './remoteForm.ts'
import { TextualInput } from './S3Fields.tsx'
import type { AddRemoteState } from './useAddRemote.ts'

const options = roles.map((value) => ({ value, label: strings.roles[value] }))

/** What a new remote is for; of a workspace also whose objects are taken from it, of a public one where it is read. */
export function RemotePurpose({ state }: { readonly state: AddRemoteState }) {
  const { role } = state.form
  return (
    <>
      <Field label={strings.role} hint={strings.roleHints[role]}>
        {(control) => (
          <Select
            {...control}
            options={options}
            value={role}
            disabled={state.doing !== null}
            onChange={state.setRole}
          />
        )}
      </Field>
      {role === 'workspace' ? <TextualInput state={state} field="owner" placeholder={optional} /> : null}
      {role === 'public' ? (
        <TextualInput state={state} field="publicAddress" placeholder={remotePolicy.placeholders.publicBaseUrl} />
      ) : null}
    </>
  )
}
