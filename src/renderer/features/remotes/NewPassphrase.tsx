import { SHORTEST_PASSPHRASE } from '../../../shared/domain/remoteEncryption.ts'
import { encryption as strings } from '../../strings/encryption.ts'
import { Field } from '../../ui/Field.tsx'
import { type KeyFieldsProps, strengthOf } from './encryptionForm.ts'
import { SecretField } from './SecretField.tsx'

/** A passphrase twice, with a hint how good it is. */
export function NewPassphrase({
  form,
  disabled,
  errorOf,
  onChange,
}: Pick<KeyFieldsProps, 'form' | 'disabled' | 'errorOf' | 'onChange'>) {
  const strength = strengthOf(form.passphrase)
  const hint = strength === null ? strings.passphraseHint(SHORTEST_PASSPHRASE) : strings.strength[strength]
  return (['passphrase', 'repeated'] as const).map((field) => (
    <Field key={field} label={strings[field]} hint={field === 'passphrase' ? hint : undefined} error={errorOf(field)}>
      {(control) => (
        <SecretField
          control={control}
          labels={[strings.showPassphrase, strings.hidePassphrase]}
          value={form[field]}
          disabled={disabled}
          onChange={(value) => onChange({ ...form, kind: 'passphrase', [field]: value })}
        />
      )}
    </Field>
  ))
}
