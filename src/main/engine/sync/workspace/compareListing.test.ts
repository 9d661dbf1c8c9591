import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { AssetId } from '../../../../shared/domain/ids.ts'
import type { ObjectInfo } from '../../ports.ts'
import { compareListing, versionOf } from './compareListing.ts'

const rules = { base: 'u/', leavesOut: (name: string) => name === '.DS_Store', settledBefore: 1_000 }
const object = (key: string, change: Partial<ObjectInfo> = {}): ObjectInfo => ({
  key,
  size: 10,
  etag: 'e1',
  sha256: null,
  modifiedAt: 5_000,
  ...change,
})
const known = (info: ObjectInfo, state: 'taken' | 'gone' = 'taken', missingSince: number | null = null) => ({
  key: info.key,
  version: versionOf(info),
  state,
  assetId: 'a' as AssetId,
  missingSince,
})
const nothing = { arrived: [], back: [], missing: [], undead: [], unsettled: 0 }

it('finds nothing to do where nothing has changed', () => {
  const listed = [object('u/j/a.png'), object('u/j/b.png')]
  expect(
    compareListing(
      rules,
      listed.map((info) => known(info)),
      listed,
    ),
  ).toEqual(nothing)
})

it('finds what is new, what is another content, what is not there and what is there again', () => {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => object(`u/j/${name}.png`)) as [
    ObjectInfo,
    ObjectInfo,
    ObjectInfo,
    ObjectInfo,
  ]
  const changed = { ...b, etag: 'e2' }
  const found = compareListing(rules, [known(b), known(c), known(d, 'taken', 7)], [a, changed, d])
  expect(found.arrived.map(({ key, job, error }) => [key, job, error])).toEqual([
    ['u/j/a.png', 'j', null],
    ['u/j/b.png', 'j', null],
  ])
  expect(found).toMatchObject({ missing: ['u/j/c.png'], back: ['u/j/d.png'], undead: [] })
})

it('says of what is still listed after it was removed that it is', () => {
  const a = object('u/j/a.png')
  expect(compareListing(rules, [known(a, 'gone')], [a]).undead).toMatchObject([{ key: 'u/j/a.png' }])
})

it('tells of keys that are refused, and not of what is no file of anybody', () => {
  const { arrived } = compareListing(rules, [], [object('u/j/../a.png'), object('u/j/.DS_Store'), object('u/j/')])
  expect(arrived).toMatchObject([{ key: 'u/j/../a.png', job: null, error: { code: 'name_invalid' } }])
})

it('leaves a file of a folder alone while somebody may be writing it', () => {
  const growing = object('u/j/a.png', { etag: null, modifiedAt: 1_500 })
  expect(compareListing(rules, [], [growing])).toEqual({ ...nothing, unsettled: 1 })
  expect(compareListing({ ...rules, settledBefore: 1_500 }, [], [growing]).arrived).toHaveLength(1)
})

it('concludes the same of a listing in whatever order', () => {
  const keys = fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 6 })
  fc.assert(
    fc.property(keys, fc.shuffledSubarray(['a', 'b', 'c', 'd', 'e', 'f']), (before, now) => {
      const known_ = before.map((name) => known(object(`u/j/${name}`)))
      const found = compareListing(
        rules,
        known_,
        now.map((name) => object(`u/j/${name}`)),
      )
      expect(new Set(found.arrived.map(({ key }) => key))).toEqual(
        new Set(now.filter((name) => !before.includes(name)).map((name) => `u/j/${name}`)),
      )
      expect(new Set(found.missing)).toEqual(
        new Set(before.filter((name) => !now.includes(name)).map((name) => `u/j/${name}`)),
      )
    }),
    { numRuns: 100 },
  )
})
