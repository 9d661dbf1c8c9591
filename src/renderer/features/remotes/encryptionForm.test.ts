import { describe, expect, it } from 'vitest'
import { checkEncryption, noEncryption, strengthOf } from './encryptionForm.ts'

const passphrase = 'four words of no poem'
const typed = { ...noEncryption, kind: 'passphrase', passphrase, repeated: passphrase } as const
const keyFile = { name: 'key.txt', text: 'AGE-SECRET-KEY-1…' }

describe('what a person says of encryption', () => {
  it('is nothing, a passphrase, a key file, or a key that is still to be made', () => {
    expect(checkEncryption(noEncryption, false)).toEqual({ ok: true, input: undefined })
    expect(checkEncryption(typed, false)).toEqual({ ok: true, input: { kind: 'passphrase', passphrase } })
    expect(checkEncryption({ ...noEncryption, kind: 'key-file', keyFile }, false)).toEqual({
      ok: true,
      input: { kind: 'key-file', text: keyFile.text },
    })
    expect(checkEncryption({ ...noEncryption, kind: 'key-file' }, false)).toEqual({
      ok: true,
      input: { kind: 'new-key' },
    })
  })

  it('needs a passphrase that is long enough and typed twice, unless it opens what is encrypted already', () => {
    expect(checkEncryption({ ...typed, passphrase: '' }, false)).toMatchObject({ problems: { passphrase: 'required' } })
    expect(checkEncryption({ ...typed, passphrase: 'short' }, false)).toMatchObject({
      problems: { passphrase: 'short' },
    })
    expect(checkEncryption({ ...typed, repeated: 'x' }, false)).toMatchObject({ problems: { repeated: 'different' } })
    expect(checkEncryption({ ...typed, passphrase: 'short', repeated: '' }, true)).toMatchObject({ ok: true })
    expect(checkEncryption({ ...noEncryption, kind: 'key-file' }, true)).toMatchObject({
      problems: { keyFile: 'required' },
    })
  })

  it('has no key file that is a film', () => {
    const film = { name: 'film.mp4', text: 'x'.repeat(70_000) }
    expect(checkEncryption({ ...noEncryption, kind: 'key-file', keyFile: film }, true)).toMatchObject({
      problems: { keyFile: 'too_large' },
    })
  })
})

it.each([
  ['too short', null],
  ['aaaaaaaaaaaaaaaa', 'weak'],
  ['123123123123', 'weak'],
  ['passwordpassword', 'fair'],
  ['otter lamp violin dust', 'good'],
  ['kX9$wq2!Lm7#', 'fair'],
])('takes %j for %s', (text, strength) => expect(strengthOf(text)).toBe(strength))
