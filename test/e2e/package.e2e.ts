import { execFile } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import { hashOf, writePictures } from './support/pictures.ts'
import { expect, test } from './support/test.ts'

const run = promisify(execFile)
const PACKAGER = fileURLToPath(new URL('../../scripts/package.ts', import.meta.url))

let output: string
const inPackage = (...path: string[]) => join(output, 'linux-unpacked', ...path)

test.skip(process.platform !== 'linux', 'the packaged app is started on Linux only')

test.beforeAll('package the app outside of the checkout, where it can borrow nothing from it', async () => {
  test.setTimeout(180_000)
  output = mkdtempSync(join(tmpdir(), 'vitrine-package-'))
  await run(process.execPath, [PACKAGER, '--out', output])
})
test.afterAll(() => rmSync(output, { recursive: true, force: true }))

test('the packaged app runs on its own Node and imports a file, which its command line sees', async ({ vitrine }) => {
  const [picture = ''] = await writePictures(join(vitrine.folders.root, 'made'), 1)
  const running = await vitrine.launch({ packagedExecutable: inPackage('vitrine') })
  const { window } = running
  await engineReady(window)
  expect(await running.app.evaluate(({ app }) => app.isPackaged)).toBe(true)

  const library = await ask(window, 'library.info')
  copyFileSync(picture, join(library.dropFolder, basename(picture)))
  await expect.poll(() => rowsOf(window, { kind: 'workspace' })).toHaveLength(1)
  await expect(window.getByTestId('asset-cell').locator('img').first()).toHaveJSProperty('complete', true)
  await vitrine.screenshot('packaged')

  // A clean environment, so that the command finds its Node and its packages inside of the package only.
  const listed = await run(inPackage('bin', 'vitrine'), ['list', '--library', vitrine.folders.library, '--json'], {
    env: { HOME: vitrine.folders.root, PATH: '/usr/bin:/bin' },
  })
  expect(JSON.parse(listed.stdout)).toMatchObject({ total: 1, assets: [{ sha256: hashOf(picture) }] })
})
