import { useId } from 'react'
import { fieldHints, fieldLabels, optional, ownLabels, remotes as strings } from '../../strings/remotes.ts'
import { Field } from '../../ui/Field.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './AddRemote.module.css'
import { KeychainNote } from './KeychainNote.tsx'
import { type FormField, type Provider, presets } from './remoteForm.ts'
import { SecretField } from './SecretField.tsx'
import type { AddRemoteState } from './useAddRemote.ts'

type SwitchField = 'pathStyle' | 'allChecksums'
type TextualField = Exclude<FormField, SwitchField>

interface Props {
  readonly state: AddRemoteState
  readonly provider: Exclude<Provider, 'folder'>
}

/** What an S3 service needs; what a service does not ask for is not shown. */
export function S3Fields({ state, provider }: Props) {
  const preset = presets[provider]
  return (
    <>
      {preset.endpoint === null ? <TextualInput state={state} field="endpoint" placeholder="https://" /> : null}
      <div className={styles.pair}>
        {preset.asksAccount ? <TextualInput state={state} field="account" /> : null}
        {preset.asksRegion ? <TextualInput state={state} field="region" /> : null}
      </div>
      <div className={styles.pair}>
        <TextualInput state={state} field="bucket" />
        <TextualInput state={state} field="prefix" placeholder={optional} />
      </div>
      <div className={styles.pair}>
        <TextualInput state={state} field="accessKeyId" />
        <Field label={labelOf(provider, 'secretAccessKey')} error={state.errorOf('secretAccessKey')}>
          {(control) => (
            <SecretField
              control={control}
              value={state.form.secretAccessKey}
              disabled={state.doing !== null}
              onChange={(value) => state.set('secretAccessKey', value)}
            />
          )}
        </Field>
      </div>
      {provider === 'other' ? (
        <>
          <Choice state={state} field="pathStyle" label={strings.pathStyle} hint={strings.pathStyleHint} />
          <Choice state={state} field="allChecksums" label={strings.allChecksums} hint={strings.allChecksumsHint} />
        </>
      ) : null}
      <KeychainNote />
    </>
  )
}

function labelOf(provider: Provider, field: FormField): string {
  return ownLabels[provider]?.[field] ?? fieldLabels[field]
}

/** A field of one line with the label, the hint and the error that belong to it. */
export function TextualInput({
  state,
  field,
  placeholder,
}: {
  readonly state: AddRemoteState
  readonly field: TextualField
  readonly placeholder?: string
}) {
  const { provider } = state.form
  return (
    <Field
      label={labelOf(provider, field)}
      hint={fieldHints[provider]?.[field] ?? fieldHints.all?.[field]}
      error={state.errorOf(field)}
    >
      {(control) => (
        <TextField
          {...control}
          autoCapitalize="off"
          value={state.form[field]}
          disabled={state.doing !== null}
          {...(placeholder === undefined ? {} : { placeholder })}
          onChange={(event) => state.set(field, event.target.value)}
        />
      )}
    </Field>
  )
}

function Choice({
  state,
  field,
  label,
  hint,
}: {
  readonly state: AddRemoteState
  readonly field: SwitchField
  readonly label: string
  readonly hint: string
}) {
  const id = useId()
  return (
    <div className={styles.switch}>
      <div>
        <label htmlFor={id}>{label}</label>
        <p className={styles.note}>{hint}</p>
      </div>
      <Switch
        id={id}
        checked={state.form[field]}
        disabled={state.doing !== null}
        onChange={(checked) => state.set(field, checked)}
      />
    </div>
  )
}
