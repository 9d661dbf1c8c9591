import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Sha256 } from '../../../shared/domain/ids.ts'
import { adoptedCell, adoptedKeyOf, isAdoptedCell, isAskableKey } from './adoptedKey.ts'

const bytes = 'a'.repeat(64) as Sha256
const others = 'b'.repeat(64) as Sha256

it('gives back the key of the bytes that it was made for, and of no others', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).filter(isAskableKey), (key) => {
      const cell = adoptedCell(bytes, key)
      expect(adoptedKeyOf(cell, bytes)).toBe(key)
      expect(adoptedKeyOf(cell, others)).toBeNull()
      expect(isAdoptedCell(cell)).toBe(true)
    }),
    { numRuns: 200 },
  )
})

it('says of an asset without a cell that this library sent its bytes', () => {
  expect(adoptedKeyOf(null, bytes)).toBeNull()
  expect(adoptedKeyOf(undefined, bytes)).toBeNull()
  expect(isAdoptedCell(null)).toBe(true)
})

it.each([
  ['no hash', 'images/a.png'],
  ['no key', `${bytes}/`],
  ['a way up', `${bytes}/../a.png`],
  ['a way up in the middle', `${bytes}/a/../../b.png`],
  ['a way to itself', `${bytes}/a/./b.png`],
  ['a folder', `${bytes}/a/`],
  ['a control character', `${bytes}/a\nb.png`],
  ['half a character', `${bytes}/a\ud800.png`],
  ['a very long key', `${bytes}/${'a'.repeat(1025)}`],
  ['a number', 7],
  ['a record', { sha256: bytes, key: 'a.png' }],
])('takes nothing from another device that is %s', (_, cell) => {
  expect(isAdoptedCell(cell)).toBe(false)
})
