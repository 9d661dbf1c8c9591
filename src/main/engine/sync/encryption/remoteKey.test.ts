import { expect, it } from 'vitest'
import { libraryIdSchema } from '../../../../shared/domain/ids.ts'
import { checkOf, identityIn, newIdentity, remoteKey } from './remoteKey.ts'

const one = await newIdentity()
const other = await newIdentity()
const library = libraryIdSchema.parse('0196f7a2-0000-7000-8000-000000000001')

it('finds the key in a key file, in a recovery sheet, and in capitals or not', async () => {
  expect(await identityIn(`# created: today\n# public key: age1abc\n${one}\n`)).toBe(one)
  expect(await identityIn(`Some text. Key: ${one.toLowerCase()}\nand again ${one}`)).toBe(one)
})

it.each([
  ['', 'no key'],
  ['AGE-SECRET-KEY-1', 'no key'],
  [`${one.slice(0, -1)}${one.endsWith('Q') ? 'P' : 'Q'}`, 'no key'],
  [`${one}\n${other}`, 'more than one'],
  [`${'x'.repeat(65 * 1024)}${one}`, 'no key'],
])('says what is wrong with a file that does not hold one key', async (text, problem) => {
  await expect(identityIn(text)).rejects.toMatchObject({ code: 'remote_wrong_key' })
  await expect(identityIn(text)).rejects.toThrow(problem)
})

it('derives keys that are the same every time and for nobody else', async () => {
  const [first, again, stranger] = await Promise.all([remoteKey(one), remoteKey(one), remoteKey(other)])
  expect([again?.names, again?.objects, again?.recipient]).toEqual([first?.names, first?.objects, first?.recipient])
  expect(stranger?.names).not.toEqual(first?.names)
  expect(Buffer.from(first?.names ?? []).equals(Buffer.from(first?.objects ?? []))).toBe(false)
})

it('has a check that differs by key and by library, and does not contain either', () => {
  const check = checkOf(one, library)
  expect(checkOf(one, library)).toBe(check)
  expect(checkOf(other, library)).not.toBe(check)
  expect(checkOf(one, libraryIdSchema.parse('0196f7a2-0000-7000-8000-000000000002'))).not.toBe(check)
  expect(check).not.toContain(one.slice(16, 24))
})
