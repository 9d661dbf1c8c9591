import { useState } from 'react'
import { type NewKeyInput, SHORTEST_PASSPHRASE } from '../../../shared/domain/remoteEncryption.ts'
import { encryption as strings } from '../../strings/encryption.ts'
import {
  checkEncryption,
  type EncryptionField,
  type EncryptionForm,
  type EncryptionProblems,
  noEncryption,
} from './encryptionForm.ts'

export interface EncryptionState {
  readonly form: EncryptionForm
  /** The place was found to be encrypted already. */
  readonly opens: boolean
  set(form: EncryptionForm): void
  errorOf(field: EncryptionField): string | null
}

/** The encryption part of a form for a remote. `onChange` is told of each change that a person makes. */
export function useEncryption(onChange: () => void, opensFromStart = false, kind: EncryptionForm['kind'] = 'none') {
  const [form, setForm] = useState<EncryptionForm>({ ...noEncryption, kind: opensFromStart ? 'passphrase' : kind })
  const [opens, setOpens] = useState(opensFromStart)
  const [problems, setProblems] = useState<EncryptionProblems>({})
  const state: EncryptionState = {
    form,
    opens,
    set(next) {
      setForm(next)
      setProblems({})
      onChange()
    },
    errorOf(field) {
      const problem = problems[field]
      if (problem === undefined) return null
      return problem === 'short' ? strings.problems.short(SHORTEST_PASSPHRASE) : strings.problems[problem]
    },
  }
  return {
    state,
    /** What is to be sent; null when something is wrong with it, which the fields then say. */
    check(): { readonly input: NewKeyInput | undefined } | null {
      const checked = checkEncryption(form, opens)
      if (checked.ok) return checked
      setProblems(checked.problems)
      return null
    },
    /** The place is encrypted: it is to be opened, whatever was chosen before. */
    found() {
      setOpens(true)
      setForm((present) => (present.kind === 'none' ? { ...present, kind: 'passphrase' } : present))
    },
    /** Another place is meant. */
    forget() {
      if (!opens || opensFromStart) return
      setOpens(false)
      setForm(noEncryption)
    },
  }
}
