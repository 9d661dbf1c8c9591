import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ask, engineReady } from './support/bridge.ts'
import { expect, test } from './support/test.ts'

test('the first run asks where the library lives, proposes a place and makes it there', async ({ vitrine }) => {
  const { window } = await vitrine.launch({ env: { VITRINE_LIBRARY: undefined, HOME: vitrine.folders.root } })
  await window.getByRole('button', { name: 'Create library' }).click()
  await engineReady(window)
  expect((await ask(window, 'library.info')).path).toBe(join(vitrine.folders.root, 'Vitrine'))

  const again = await vitrine.launch({ env: { VITRINE_LIBRARY: undefined, HOME: vitrine.folders.root } })
  await engineReady(again.window)
  expect((await ask(again.window, 'library.info')).path).toBe(join(vitrine.folders.root, 'Vitrine'))
})

test('started as `npm start` does, it opens the default library without a question', async ({ vitrine }) => {
  const { window } = await vitrine.launch({
    env: { VITRINE_LIBRARY: undefined, HOME: vitrine.folders.root },
    args: ['--default-library'],
  })
  await engineReady(window)
  expect(existsSync(join(vitrine.folders.root, 'Vitrine', 'library.json'))).toBe(true)
})
