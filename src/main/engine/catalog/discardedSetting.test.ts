import { expect, it } from 'vitest'
import { discardedKey, isDiscardedKey } from './discardedSetting.ts'
import { cellRule } from './sync/cellRules.ts'

const sha256 = 'ab'.repeat(32)

it('is a setting of the library that is no conflict for anybody', () => {
  expect(isDiscardedKey(discardedKey(sha256))).toBe(true)
  expect(cellRule('librarySetting', discardedKey(sha256), 'value')).toMatchObject({ listed: false })
  expect(cellRule('librarySetting', 'trash_days', 'value')).toMatchObject({ listed: true })
})

it.each(['discarded/', `discarded/${sha256}0`, `discarded/${'AB'.repeat(32)}`, sha256, 'trash_days'])(
  'is not what %s names',
  (key) => {
    expect(isDiscardedKey(key)).toBe(false)
  },
)
