import { expect, it } from 'vitest'
import { requests as strings } from '../../strings/requests.ts'
import { settingsField, settingsLine, settingsOf } from './settingsText.ts'

it('reads names and values, and nothing as none', () => {
  expect(settingsOf(' {"model": "juniper", "size": [1024, 768]} ')).toEqual({
    settings: { model: 'juniper', size: [1024, 768] },
  })
  expect(settingsOf('  \n ')).toEqual({ settings: {} })
})

it.each([
  ['{"model": }', strings.settingsNotJson],
  ['juniper', strings.settingsNotJson],
  ['[1, 2]', strings.settingsNoObject],
  ['null', strings.settingsNoObject],
  ['7', strings.settingsNoObject],
])('says what is wrong with %s', (text, problem) => {
  expect(settingsOf(text)).toEqual({ problem })
})

it('shows what it has read again', () => {
  const settings = { model: 'juniper', steps: 30 }
  expect(settingsOf(settingsField(settings))).toEqual({ settings })
  expect(settingsField({})).toBe('')
})

it('is short on one line', () => {
  expect(settingsLine({ model: 'juniper', size: [1024, 768], hires: { scale: 2 }, seed: null })).toBe(
    'model juniper · size 1024, 768 · hires {"scale":2} · seed null',
  )
})
