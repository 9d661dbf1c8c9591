import { useRef } from 'react'
import { encryption as strings } from '../../strings/encryption.ts'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import styles from './EncryptionFields.module.css'
import type { KeyFieldsProps } from './encryptionForm.ts'

/** Longer ones are no key files, and are not read to their end. */
const MOST_READ = 64 * 1024 + 1

/** Chooses a key file, whose text stays in the form; without one, a new key is made. */
export function KeyFileField({ form, opens, disabled, errorOf, onChange }: KeyFieldsProps) {
  const input = useRef<HTMLInputElement>(null)
  const choose = async (file: File | undefined) => {
    if (file === undefined) return
    const text = await file.slice(0, MOST_READ).text()
    onChange({ ...form, kind: 'key-file', keyFile: { name: file.name, text } })
  }
  const { keyFile } = form
  const choice = opens ? strings.chooseKeyFile : strings.ownKeyFile
  return (
    <Field label={strings.keyFile} error={errorOf('keyFile')}>
      {(control) => (
        <div className={styles.keyFile}>
          <input
            {...control}
            ref={input}
            type="file"
            className={styles.hiddenInput}
            tabIndex={-1}
            disabled={disabled}
            onChange={(event) => void choose(event.target.files?.[0])}
          />
          <p className={styles.keyFileName}>{keyFile?.name ?? (opens ? strings.noKeyFile : strings.newKey)}</p>
          {keyFile !== null && !opens ? (
            <Button size="s" variant="quiet" disabled={disabled} onClick={() => onChange({ ...form, keyFile: null })}>
              {strings.useNewKey}
            </Button>
          ) : null}
          <Button size="s" disabled={disabled} onClick={() => input.current?.click()}>
            {keyFile === null ? choice : strings.chooseAnother}
          </Button>
        </div>
      )}
    </Field>
  )
}
