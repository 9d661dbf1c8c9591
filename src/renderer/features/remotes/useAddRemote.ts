import { useRef, useState } from 'react'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { Remote, RemoteTest } from '../../../shared/domain/remote.ts'
import { messageOf, request } from '../../api/client.ts'
import { fieldProblems } from '../../strings/remotes.ts'
import { problemText } from './problemText.ts'
import {
  checkForm,
  emptyForm,
  type FieldProblems,
  type FormField,
  fieldOfProblem,
  type Provider,
  type RemoteDraft,
  type RemoteForm,
  splitBucketAddress,
  withProvider,
} from './remoteForm.ts'
import { type EncryptionState, useEncryption } from './useEncryption.ts'

type Outcome =
  | { readonly kind: 'test'; readonly test: RemoteTest }
  | { readonly kind: 'error'; readonly message: string }

export interface AddRemoteState {
  readonly form: RemoteForm
  readonly doing: 'testing' | 'adding' | null
  readonly outcome: Outcome | null
  readonly encryption: EncryptionState
  set<F extends FormField>(field: F, value: RemoteForm[F]): void
  setProvider(provider: Provider): void
  setRole(role: RemoteForm['role']): void
  /** What is wrong with a field, null when nothing is. */
  errorOf(field: FormField): string | null
  test(): Promise<boolean>
  /** Adds the remote, but only after a test has succeeded. */
  add(): Promise<void>
}

/** The state of the form: what was typed, what is wrong with it, and how the last test went. */
export function useAddRemote(
  /** Null when something else was done with the place. */
  onAdded: (remote: Remote | null) => void,
  /** What is done with the place instead of adding it to the open library. Rejects with why it can't be. */
  instead?: (draft: RemoteDraft) => Promise<void>,
  role: RemoteForm['role'] = emptyForm.role,
): AddRemoteState {
  const [form, setForm] = useState<RemoteForm>({ ...emptyForm, role })
  const [doing, setDoing] = useState<AddRemoteState['doing']>(null)
  const [problems, setProblems] = useState<FieldProblems>({})
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  // An answer for what the form said before it was changed says nothing about what it says now.
  const version = useRef(0)

  const changed = () => {
    version.current++
    setOutcome(null)
    setProblems({})
  }
  const encryption = useEncryption(changed)
  const change = (next: RemoteForm) => {
    setForm(next)
    encryption.forget()
    changed()
  }

  const perform = async (what: 'testing' | 'adding', action: (draft: RemoteDraft) => Promise<void>) => {
    const checked = checkForm(form)
    if (!checked.ok) {
      setProblems(checked.problems)
      return
    }
    const key = form.role === 'library' ? encryption.check() : { input: undefined }
    if (key === null) return
    const asked = version.current
    setDoing(what)
    try {
      await action({ ...checked.draft, ...(key.input && { encryption: key.input }) })
    } catch (thrown) {
      if (asked !== version.current) return
      // The fields that appear then say so themselves.
      if (thrown instanceof VitrineError && thrown.code === 'remote_encrypted') encryption.found()
      else setOutcome({ kind: 'error', message: messageOf(thrown) })
    } finally {
      setDoing(null)
    }
  }

  const tested = async (draft: RemoteDraft): Promise<boolean> => {
    const asked = version.current
    const test = await request('remotes.test', draft)
    if (asked === version.current) {
      if (!test.ok && test.problem === 'encryption' && draft.encryption === undefined) encryption.found()
      else setOutcome({ kind: 'test', test })
    }
    return test.ok
  }

  return {
    form,
    doing,
    outcome,
    encryption: encryption.state,
    set: (field, value) => {
      const pasted = field === 'bucket' && typeof value === 'string' ? splitBucketAddress(value) : null
      change(pasted === null ? { ...form, [field]: value } : { ...form, ...pasted })
    },
    setProvider: (provider) => change(withProvider(form, provider)),
    setRole: (role) => change({ ...form, role }),
    errorOf: (field) => {
      const problem = problems[field]
      if (problem !== undefined) return fieldProblems[problem]
      if (outcome?.kind !== 'test' || outcome.test.ok) return null
      return fieldOfProblem(form.provider, outcome.test.problem) === field ? problemText(outcome.test) : null
    },
    test: async () => {
      let ok = false
      await perform('testing', async (draft) => {
        ok = await tested(draft)
      })
      return ok
    },
    add: () =>
      perform('adding', async (draft) => {
        if (instead === undefined) {
          if (!(await tested(draft))) return
          onAdded(await request('remotes.add', draft))
        } else {
          await instead(draft)
          onAdded(null)
        }
      }),
  }
}
