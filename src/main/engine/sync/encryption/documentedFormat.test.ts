import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { libraryIdSchema, sha256Schema } from '../../../../shared/domain/ids.ts'
import { keyNames } from './keyNames.ts'
import { HEADER_BYTES, sealHeader } from './objectHeader.ts'
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
