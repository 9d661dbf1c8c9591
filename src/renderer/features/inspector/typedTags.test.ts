import { expect, test } from 'vitest'
import { typedTags } from './typedTags.ts'

test('a pasted list is split and cleaned', () => {
  expect(typedTags(' night  harbour, fog ,, fog')).toEqual(['night harbour', 'fog'])
})
