import { expect, test } from 'vitest'
import { sharedOf } from './sharedValues.ts'

test('what all have is shown, also when it is nothing', () => {
  expect(sharedOf({ kind: 'same', value: 3 })).toEqual({ mixed: false, value: 3 })
  expect(sharedOf({ kind: 'same', value: null })).toEqual({ mixed: false, value: null })
})

test('what differs or is not known yet is mixed', () => {
  expect(sharedOf({ kind: 'mixed' })).toEqual({ mixed: true })
  expect(sharedOf(undefined)).toEqual({ mixed: true })
})
