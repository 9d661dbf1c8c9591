import { z } from 'zod'

/** Fewer characters are guessed too soon by whoever has a copy of the bucket. */
export const SHORTEST_PASSPHRASE = 12
const LONGEST_PASSPHRASE = 1000
const LONGEST_KEY_FILE = 64 * 1024

/** How long it may be; how short, is said where one is chosen. */
export const passphraseSchema = z.string().min(1).max(LONGEST_PASSPHRASE)

const keyFileSchema = z.object({ kind: z.literal('key-file'), text: z.string().max(LONGEST_KEY_FILE) })

/** What opens an encrypted remote: a passphrase, or the text of a key file or a recovery sheet. */
export const keyInputSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('passphrase'), passphrase: passphraseSchema }),
  keyFileSchema,
])
export type KeyInput = z.infer<typeof keyInputSchema>

/** What a place is to be encrypted with; `new-key` makes a key that the recovery sheet has. */
export const newKeyInputSchema = z.discriminatedUnion('kind', [
  ...keyInputSchema.options,
  z.object({ kind: z.literal('new-key') }),
])
export type NewKeyInput = z.infer<typeof newKeyInputSchema>

/** That a remote is encrypted, how it is opened, and what shows that a key is the right one. No part of this is secret. */
export const remoteEncryptionSchema = z.object({
  kind: z.enum(['passphrase', 'key-file']),
  check: z.string().max(100),
})
export type RemoteEncryption = z.infer<typeof remoteEncryptionSchema>
