import { type NewKeyInput, SHORTEST_PASSPHRASE } from '../../../shared/domain/remoteEncryption.ts'

/** What a person says of the encryption of a place. */
export interface EncryptionForm {
  readonly kind: 'none' | 'passphrase' | 'key-file'
  readonly passphrase: string
  readonly repeated: string
  /** Null stands for a new key where a place is to be encrypted. */
  readonly keyFile: { readonly name: string; readonly text: string } | null
}

export type EncryptionField = 'passphrase' | 'repeated' | 'keyFile'
export type EncryptionProblem = 'required' | 'short' | 'different' | 'too_large'
export type EncryptionProblems = Readonly<Partial<Record<EncryptionField, EncryptionProblem>>>

/** What fields that edit this form are given. */
export interface KeyFieldsProps {
  readonly form: EncryptionForm
  /** The place is encrypted already and is to be opened. */
  readonly opens: boolean
  readonly disabled: boolean
  readonly errorOf: (field: EncryptionField) => string | null
  readonly onChange: (form: EncryptionForm) => void
}

const LARGEST_KEY_FILE = 64 * 1024

export const noEncryption: EncryptionForm = { kind: 'none', passphrase: '', repeated: '', keyFile: null }

/**
 * What the form stands for, or what is wrong with which field. `opens` says that the place is encrypted already, so that it
 * has to be opened with what was chosen for it once.
 */
export function checkEncryption(
  form: EncryptionForm,
  opens: boolean,
):
  | { readonly ok: true; readonly input: NewKeyInput | undefined }
  | { readonly ok: false; readonly problems: EncryptionProblems } {
  const refuse = (problems: EncryptionProblems) => ({ ok: false, problems }) as const
  switch (form.kind) {
    case 'none':
      return { ok: true, input: undefined }
    case 'passphrase': {
      const { passphrase, repeated } = form
      if (passphrase === '') return refuse({ passphrase: 'required' })
      if (!opens && [...passphrase].length < SHORTEST_PASSPHRASE) return refuse({ passphrase: 'short' })
      if (!opens && passphrase !== repeated) return refuse({ repeated: 'different' })
      return { ok: true, input: { kind: 'passphrase', passphrase } }
    }
    case 'key-file': {
      const { keyFile } = form
      if (keyFile === null) return opens ? refuse({ keyFile: 'required' }) : { ok: true, input: { kind: 'new-key' } }
      if (keyFile.text.length > LARGEST_KEY_FILE) return refuse({ keyFile: 'too_large' })
      return { ok: true, input: { kind: 'key-file', text: keyFile.text } }
    }
  }
}

/**
 * How hard a passphrase is to guess, roughly: by how many kinds of characters it has and how many different ones. Null while it
 * is too short to be taken.
 */
export function strengthOf(passphrase: string): 'weak' | 'fair' | 'good' | null {
  const characters = [...passphrase]
  if (characters.length < SHORTEST_PASSPHRASE) return null
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter((kind) => kind.test(passphrase)).length
  // Repeated characters and patterns add little.
  const worth = Math.min(characters.length, new Set(characters).size * 2) + 2 * (kinds - 1)
  if (worth < 14) return 'weak'
  return worth < 22 ? 'fair' : 'good'
}
