import { expect, it } from 'vitest'
import { parseSearch } from '../../../shared/domain/search/parseSearch.ts'
import { problemToTell } from './problemToTell.ts'

const told = (text: string, writing: Parameters<typeof problemToTell>[1]) =>
  problemToTell(parseSearch(text).problems, writing)?.message ?? null

it('tells of a mistake as soon as the caret has left it', () => {
  expect(told('ratng>=4 dusk', { caret: 13, settled: false, offered: false })).toMatch(/no field “ratng”/)
})

it('waits with what is being written until nothing was typed for a moment', () => {
  expect(told('type:ima', { caret: 8, settled: false, offered: false })).toBeNull()
  expect(told('type:imx', { caret: 8, settled: true, offered: false })).toMatch(/“imx” is not known/)
})

it('says nothing of a beginning that can still become something', () => {
  expect(told('type:ima', { caret: 8, settled: true, offered: true })).toBeNull()
})

it('tells what is not finished only when the keyboard has left', () => {
  expect(told('tag:', { caret: 4, settled: true, offered: false })).toBeNull()
  expect(told('tag:', { caret: null, settled: true, offered: false })).toMatch(/needs a value/)
})

it('has nothing to say of a sound search', () => {
  expect(told('tag:fog rating>=4', { caret: null, settled: true, offered: false })).toBeNull()
})
