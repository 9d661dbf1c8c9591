import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { AssetId, RemoteId, Sha256 } from '../../../../shared/domain/ids.ts'
import type { AdoptedObject, ListedObject } from '../../catalog/adoptedObjects.repository.ts'
import type { Owner } from '../objectKeys.ts'
import { listForeign } from './listForeign.ts'

const remote = '3f9a1c5e-0000-4000-8000-000000000001' as RemoteId
const owner = '3f9a1c5e-0000-4000-8000-000000000002' as Owner
const inOrder = <T extends { readonly key: string }>(objects: readonly T[]): T[] =>
  [...objects].sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)))
const object = (key: string, etag = 'e1'): ListedObject => ({ key, size: 3, etag, modifiedAt: 1 })
const taken = (key: string, etag = 'e1'): AdoptedObject => ({
  ...object(key, etag),
  assetId: key as AssetId,
  sha256: 'a'.repeat(64) as Sha256,
})

/** Lists a bucket of which this device, or another one, knows something. */
async function look(
  there: readonly ListedObject[],
  known: readonly AdoptedObject[],
  { after = '', elsewhere = [] as readonly string[] } = {},
) {
  const absent: string[] = []
  const found: string[] = []
  const isAfter = (key: string, start: string): boolean => Buffer.compare(Buffer.from(key), Buffer.from(start)) > 0
  const listing = listForeign(
    {
      store: {
        async *list(_, startAfter = '') {
          for (const one of inOrder(there)) if (isAfter(one.key, startAfter)) yield { ...one, sha256: null }
        },
      },
      adopted: {
        after: (_, key, limit) =>
          inOrder(known)
            .filter((one) => isAfter(one.key, key))
            .slice(0, Math.min(limit, 2)),
        recognise: (_, { key }) => elsewhere.includes(key),
      },
      remote,
      rules: { owner, skipCode: () => null },
      signal: new AbortController().signal,
      onAbsent: async ({ key }) => void absent.push(key),
    },
    after,
  )
  for await (const { key } of listing) found.push(key)
  return { found, absent }
}

it('finds what is new or changed, and what is gone', async () => {
  const there = [object('a'), object('b', 'e2'), object('d'), object('e/'), object(`${owner}/library.json`)]
  expect(await look(there, [taken('a'), taken('b'), taken('c')])).toEqual({ found: ['b', 'd'], absent: ['c'] })
})

it('recognises what another device has taken in', async () => {
  expect(await look([object('a'), object('b')], [], { elsewhere: ['a'] })).toEqual({ found: ['b'], absent: [] })
})

it('goes on behind a key, and concludes nothing of what stands before it', async () => {
  const look_ = look([object('a'), object('c')], [taken('a0'), taken('d')], { after: 'b' })
  expect(await look_).toEqual({ found: ['c'], absent: ['d'] })
})

it('tells a file that was written again by its time where there is no other mark', async () => {
  const file = (key: string, modifiedAt: number): ListedObject => ({ key, size: 3, etag: null, modifiedAt })
  const known = [
    { ...taken('a'), etag: null },
    { ...taken('b'), etag: null },
  ]
  expect(await look([file('a', 1), file('b', 2)], known)).toEqual({ found: ['b'], absent: [] })
})

it('finds every difference, whatever is there and whatever is known', async () => {
  const names = fc.uniqueArray(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }).filter((name) => !/[/.]/.test(name)),
  )
  await fc.assert(
    fc.asyncProperty(names, names, async (there, known) => {
      const usable = there.filter((name) => !/\p{Cc}/u.test(name))
      const { found, absent } = await look(
        there.map((key) => object(key)),
        known.map((key) => taken(key)),
      )
      expect(new Set(absent)).toEqual(new Set(known.filter((key) => !there.includes(key))))
      expect(found.filter((key) => usable.includes(key)).sort()).toEqual(
        usable.filter((key) => !known.includes(key)).sort(),
      )
    }),
    { numRuns: 100 },
  )
})
