import { expect, it } from 'vitest'
import { promptKey } from './promptKey.ts'

it('is the same for one prompt however it is spaced and cased', () => {
  expect(promptKey('A Harbour,\n  at dusk ')).toBe(promptKey('a harbour, at dusk'))
  expect(promptKey('cafe\u0301')).toBe(promptKey('caf\u00e9'))
})

it('tells different prompts apart', () => {
  expect(promptKey('a harbour at dusk')).not.toBe(promptKey('a harbour at dawn'))
  expect(promptKey('a harbour at dusk')).toMatch(/^[0-9a-f]{16}$/)
})

it('is nothing for no prompt', () => {
  expect([promptKey(null), promptKey(''), promptKey(' \n')]).toEqual([null, null, null])
})
