import { armor, Decrypter, Encrypter, generateX25519Identity } from 'age-encryption'
import { expect, it } from 'vitest'
import { openWithPassphrase, sealWithPassphrase } from './passphrase.ts'

const identity = await generateX25519Identity()
const LITTLE_WORK = 4

it('seals an identity so that it, and any age program, opens it with the passphrase', async () => {
  const sealed = await sealWithPassphrase(identity, 'Größe, Pferd, Batterie', LITTLE_WORK)
  expect(sealed).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----/)
  expect(await openWithPassphrase(sealed, 'Größe, Pferd, Batterie')).toEqual({ text: `${identity}\n` })
  const program = new Decrypter()
  program.addPassphrase('Größe, Pferd, Batterie')
  expect(await program.decrypt(armor.decode(sealed), 'text')).toBe(`${identity}\n`)
})

it('takes a passphrase as it looks, however a keyboard composes it', async () => {
  const sealed = await sealWithPassphrase(identity, 'Größe'.normalize('NFD'), LITTLE_WORK)
  expect(await openWithPassphrase(sealed, 'Größe'.normalize('NFC'))).toEqual({ text: `${identity}\n` })
})

it('tells a wrong passphrase from a file that is damaged', async () => {
  const sealed = await sealWithPassphrase(identity, 'right', LITTLE_WORK)
  expect(await openWithPassphrase(sealed, 'wrong')).toBe('wrong')
  const lines = sealed.split('\n')
  for (let line = 0; line < lines.length; line++) {
    const without = lines.filter((_, at) => at !== line).join('\n')
    if (without.trim() !== sealed.trim()) expect(await openWithPassphrase(without, 'right')).not.toHaveProperty('text')
  }
  for (const text of ['', 'AGE', '-----BEGIN AGE ENCRYPTED FILE-----\n-----END AGE ENCRYPTED FILE-----\n']) {
    expect(await openWithPassphrase(text, 'right')).toBe('unreadable')
  }
})

it('opens nothing that would take this computer more work than a passphrase of ours', async () => {
  const costly = await sealWithPassphrase(identity, 'right', LITTLE_WORK)
  const raw = Buffer.from(armor.decode(costly)).toString('latin1')
  const bytes = Buffer.from(raw.replace(/ 4\n/, ' 22\n'), 'latin1')
  expect(await openWithPassphrase(armor.encode(new Uint8Array(bytes)), 'right')).toBe('unreadable')
})

it('opens nothing that is sealed otherwise', async () => {
  const other = new Encrypter()
  other.addRecipient('age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p')
  expect(await openWithPassphrase(armor.encode(await other.encrypt('text')), 'right')).toBe('unreadable')
})
