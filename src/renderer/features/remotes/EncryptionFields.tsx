import { Lock } from 'lucide-react'
import { encryption as strings } from '../../strings/encryption.ts'
import { Switch } from '../../ui/Switch.tsx'
import formStyles from './AddRemote.module.css'
import styles from './EncryptionFields.module.css'
import { KeychainNote } from './KeychainNote.tsx'
import { KeyFields } from './KeyFields.tsx'
import type { AddRemoteState } from './useAddRemote.ts'

const ID = 'remote-encrypt'

/** Whether a new place is encrypted and with what; for one that is, what opens it. */
export function EncryptionFields({ state }: { readonly state: AddRemoteState }) {
  const { encryption } = state
  const { form, opens } = encryption
  const disabled = state.doing !== null
  const fields = (
    <KeyFields form={form} opens={opens} disabled={disabled} errorOf={encryption.errorOf} onChange={encryption.set} />
  )
  if (opens) {
    return (
      <section className={styles.encryption} aria-labelledby={ID}>
        <div className={styles.lockedHead} role="status">
          <Lock aria-hidden="true" />
          <div>
            <h3 id={ID}>{strings.locked}</h3>
            <p className={formStyles.note}>{strings.lockedHint}</p>
          </div>
        </div>
        {fields}
      </section>
    )
  }
  const isOn = form.kind !== 'none'
  return (
    <section className={styles.encryption}>
      <div className={formStyles.switch}>
        <div>
          <label htmlFor={ID}>{strings.encrypt}</label>
          <p className={formStyles.note}>{strings.encryptHint}</p>
        </div>
        <Switch
          id={ID}
          checked={isOn}
          disabled={disabled}
          onChange={(on) => encryption.set({ ...form, kind: on ? 'passphrase' : 'none' })}
        />
      </div>
      {isOn ? fields : null}
      {isOn && state.form.provider === 'folder' ? <KeychainNote /> : null}
    </section>
  )
}
