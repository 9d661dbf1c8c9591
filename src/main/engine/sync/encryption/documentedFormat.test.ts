import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { libraryIdSchema, sha256Schema } from '../../../../shared/domain/ids.ts'
import { keyNames } from './keyNames.ts'
import { HEADER_BYTES, openHeader, sealHeader } from './objectHeader.ts'
import { openWhole } from './openObject.ts'
import { checkOf, remoteKey } from './remoteKey.ts'

const text = readFileSync(fileURLToPath(new URL('../../../../../docs/encryption.md', import.meta.url)), 'utf8')
const [identity = ''] = /AGE-SECRET-KEY-1[A-Z0-9]{58}/.exec(text) ?? []
const key = await remoteKey(identity)

it('names keys as docs/encryption.md has them', () => {
  const vectors = [...text.matchAll(/^\| `([^`]+)` \| `([a-z0-9_/-]+)` \|$/gm)].filter(([, plain]) =>
    plain?.includes('.json'),
  )
  expect(vectors).toHaveLength(3)
  for (const [, plain = '', name] of vectors) expect(keyNames(key).encode(plain)).toBe(name)
})

it('opens the object that docs/encryption.md has', async () => {
  const [, name = '', sealed = ''] = /The object `([^`]+)`[\s\S]*?```\n([^`]+)```/.exec(text) ?? []
  const bytes = Buffer.from(sealed, 'base64')
  const open = async (under: string) => {
    const chunks: Buffer[] = []
    for await (const chunk of openWhole(Readable.from([bytes]), key, under)) chunks.push(chunk as Buffer)
    return Buffer.concat(chunks).toString()
  }
  expect(await open(name)).toBe('A sealed text.\n')
  const { holds } = await openHeader(key, name, bytes.subarray(0, HEADER_BYTES))
  const sha256 = createHash('sha256').update('A sealed text.\n').digest('hex')
  expect(holds(sha256Schema.parse(sha256))).toBe(true)
  await expect(open('another/name')).rejects.toMatchObject({ code: 'remote_checksum' })
})

it('has the check and the header that docs/encryption.md describes', async () => {
  const [, library = '', check] = /for the library `([^`]+)` is `([^`]+)`/.exec(text) ?? []
  expect(checkOf(identity, libraryIdSchema.parse(library))).toBe(check)
  const { bytes } = await sealHeader(key, 'a', sha256Schema.parse('0'.repeat(64)))
  expect(bytes.length).toBe(HEADER_BYTES)
  expect(text).toContain(`275 bytes`)
  expect(bytes.toString('latin1')).toMatch(
    /^age-encryption\.org\/v1\n-> vitrine-object \S{43} \S{43}\n\n-> X25519 \S{43}\n\S{43}\n--- \S{43}\n/,
  )
})
