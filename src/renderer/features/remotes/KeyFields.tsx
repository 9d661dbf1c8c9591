import { encryption as strings } from '../../strings/encryption.ts'
import { Field } from '../../ui/Field.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import styles from './AddRemote.module.css'
import type { KeyFieldsProps } from './encryptionForm.ts'
import { KeyFileField } from './KeyFileField.tsx'
import { NewPassphrase } from './NewPassphrase.tsx'
import { SecretField } from './SecretField.tsx'

const kinds = [
  { value: 'passphrase', label: strings.passphrase },
  { value: 'key-file', label: strings.keyFile },
] as const

/** A passphrase or a key file, to encrypt a place with or to open one. */
export function KeyFields(props: KeyFieldsProps) {
  const { form, opens, disabled, errorOf, onChange } = props
  return (
    <>
      <div>
        <Segmented
          label={strings.how}
          segments={kinds}
          value={form.kind === 'key-file' ? 'key-file' : 'passphrase'}
          onChange={(kind) => disabled || onChange({ ...form, kind })}
        />
      </div>
      {form.kind === 'key-file' ? (
        <KeyFileField {...props} />
      ) : opens ? (
        <Field label={strings.passphrase} error={errorOf('passphrase')}>
          {(control) => (
            <SecretField
              control={control}
              labels={[strings.showPassphrase, strings.hidePassphrase]}
              value={form.passphrase}
              disabled={disabled}
              onChange={(passphrase) => onChange({ ...form, kind: 'passphrase', passphrase })}
            />
          )}
        </Field>
      ) : (
        <div className={styles.pair}>
          <NewPassphrase {...props} />
        </div>
      )}
    </>
  )
}
