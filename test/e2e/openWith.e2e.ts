import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import { writePictures } from './support/pictures.ts'
import { expect, test } from './support/test.ts'
import { violationsOf } from './support/violationsOf.ts'

test.skip(process.platform !== 'linux', 'programs are registered as on Linux')

test('a picture is opened in a program of choice, and what is saved there is its new version', async ({ vitrine }) => {
  const { root } = vitrine.folders
  const said = join(root, 'opened')
  const edited = join(root, 'edited.png')
  const program = join(root, 'editor.sh')
  writeFileSync(program, `#!/bin/sh\nprintf '%s' "$1" > '${said}.part'\nmv '${said}.part' '${said}'\n`)
  chmodSync(program, 0o755)
  const data = join(root, 'data')
  mkdirSync(join(data, 'applications'), { recursive: true })
  const entry = [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Fine Editor',
    `Exec="${program}" %f`,
    'MimeType=image/png;',
  ]
  writeFileSync(join(data, 'applications', 'fine.desktop'), entry.join('\n'))

  const { window } = await vitrine.launch({ env: { XDG_DATA_HOME: data, XDG_DATA_DIRS: join(root, 'none') } })
  await engineReady(window)
  const [first = '', second = '', third = ''] = await writePictures(join(root, 'made'), 3)
  await ask(window, 'imports.start', { paths: [first], options: { space: 'library' }, source: 'window' })
  await expect.poll(() => rowsOf(window, { kind: 'library' }, 'status:available')).toHaveLength(1)
  writeFileSync(edited, readFileSync(third))
  expect(second).not.toBe('')
  await window.getByRole('button', { name: /^All assets/ }).click()
  await window.getByTestId('asset-cell').click()
  await window.keyboard.press('ControlOrMeta+Shift+o')
  const dialog = window.getByRole('dialog', { name: 'Open with' })
  await expect(dialog.getByRole('option', { name: 'Fine Editor' })).toBeVisible()
  expect(await violationsOf(window)).toEqual([])
  await vitrine.screenshot('open-with')
  await window.keyboard.type('fine')
  await window.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect.poll(() => existsSync(said)).toBe(true)
  const opened = readFileSync(said, 'utf8')
  expect(opened).not.toContain(vitrine.folders.library)
  expect(readFileSync(opened).equals(readFileSync(first))).toBe(true)

  writeFileSync(opened, readFileSync(edited))
  await expect(window.getByText(/^What was saved of picture-1-000.png is its new version/)).toBeVisible()
  const [rowId = 0] = await rowsOf(window, { kind: 'library' })
  const asset = await ask(window, 'assets.get', { rowId })
  expect(readFileSync(asset.original_path).equals(readFileSync(edited))).toBe(true)
  const versions = await ask(window, 'versions.list', { id: asset.id })
  expect(versions.length).toBeGreaterThanOrEqual(2)
})
