import { useId, useState } from 'react'
import type { Remote, RemotePolicy } from '../../../shared/domain/remote.ts'
import { request } from '../../api/client.ts'
import { remotePolicy as strings } from '../../strings/remotePolicy.ts'
import { ui } from '../../strings/ui.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './AddRemote.module.css'
import {
  checkPolicy,
  formOf,
  type PolicyField,
  type PolicyForm,
  type PolicyPreset,
  policyPresets,
  presetOf,
  withPreset,
} from './policyForm.ts'
import { useAttempt } from './useAttempt.ts'

const OWN = 'own'
const choices: readonly { readonly value: PolicyPreset | typeof OWN; readonly label: string }[] = [
  { value: OWN, label: strings.ownRules },
  ...policyPresets.map((value) => ({ value, label: strings.presets[value] })),
]
const visibilities: readonly RemotePolicy['visibility'][] = ['private', 'public']

/** What may go into a bucket or folder, and how much. Uploads that were refused are looked at again afterwards. */
export function PolicyDialog({
  remote,
  onCancel,
  onSaved,
}: {
  readonly remote: Remote
  readonly onCancel: () => void
  readonly onSaved: () => void
}) {
  const formId = useId()
  const [form, setForm] = useState<PolicyForm>(() => formOf(remote.policy))
  const [problems, setProblems] = useState<ReadonlySet<PolicyField>>(new Set())
  const { busy, error, start } = useAttempt(async () => {
    const checked = checkPolicy(form)
    if (checked.ok) await request('remotes.configure', { id: remote.id, policy: checked.policy })
  }, onSaved)
  const set = (change: Partial<PolicyForm>) => setForm({ ...form, ...change })
  const save = () => {
    const checked = checkPolicy(form)
    setProblems(checked.ok ? new Set() : checked.problems)
    if (checked.ok) start()
  }
  const text = (field: PolicyField) => (
    <Field
      label={strings.fields[field]}
      hint={field === 'retention' && remote.role === 'references' ? strings.referencesRetention : strings.hints[field]}
      error={problems.has(field) ? strings.problems[field] : null}
    >
      {(control) => (
        <TextField
          {...control}
          value={form[field]}
          placeholder={strings.placeholders[field]}
          disabled={busy}
          onChange={(event) => set({ [field]: event.target.value })}
        />
      )}
    </Field>
  )

  return (
    <Dialog
      open
      onClose={onCancel}
      title={strings.title(remote.name)}
      description={textOf(remote.role)}
      footer={
        <>
          <Button onClick={onCancel}>{ui.cancel}</Button>
          <Button variant="primary" type="submit" form={formId} disabled={busy}>
            {strings.save}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <Field label={strings.preset} hint={strings.presetHint}>
          {(control) => (
            <Select
              {...control}
              options={choices}
              value={presetOf(form) ?? OWN}
              disabled={busy}
              onChange={(preset) => preset !== OWN && setForm(withPreset(form, preset))}
            />
          )}
        </Field>
        {text('types')}
        <div className={styles.pair}>
          {text('sizeLimit')}
          {text('quota')}
        </div>
        <div className={styles.switch}>
          <div>
            <div>{strings.visibility}</div>
            <p className={styles.note}>{strings.visibilityHints[form.visibility]}</p>
          </div>
          <Segmented
            label={strings.visibility}
            value={form.visibility}
            segments={visibilities.map((value) => ({ value, label: strings.visibilities[value] }))}
            onChange={(visibility) => set({ visibility })}
          />
        </div>
        <div className={styles.pair}>
          {text('retention')}
          {form.visibility === 'public' || form.publicBaseUrl !== '' ? text('publicBaseUrl') : null}
        </div>
        {error === null ? null : (
          <p className={styles.error} role="alert">
            {error}
          </p>
        )}
      </form>
    </Dialog>
  )
}

function textOf(role: Remote['role']): string {
  if (role === 'references') return strings.referencesText
  return role === 'workspace' ? strings.workspaceText : strings.text
}
