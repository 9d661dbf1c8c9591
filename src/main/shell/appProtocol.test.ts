import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appFile, createAppAnswer } from './appProtocol.ts'
import { PAGE_POLICY } from './contentPolicy.ts'

let folder = ''
let root = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-app-'))
  root = join(folder, 'renderer')
  mkdirSync(join(root, 'assets'), { recursive: true })
  writeFileSync(join(root, 'index.html'), '<p>hello</p>')
  writeFileSync(join(root, 'assets', 'index-Ab_1.js'), 'export {}')
  writeFileSync(join(root, 'secret'), 'no known type')
  writeFileSync(join(folder, 'outside.js'), 'outside')
})
afterAll(() => rmSync(folder, { recursive: true }))

const ask = (url: string, method = 'GET') => createAppAnswer(root)(new Request(url, { method }))

describe('the app protocol', () => {
  it('serves the page, with its policy in the header', async () => {
    for (const url of ['app://vitrine/', 'app://vitrine/index.html', 'app://vitrine/index.html?x#y']) {
      const response = await ask(url)
      expect(await response.text()).toBe('<p>hello</p>')
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(response.headers.get('content-security-policy')).toBe(PAGE_POLICY)
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    }
  })

  it('serves files below it with their types', async () => {
    const response = await ask('app://vitrine/assets/index-Ab_1.js')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  })

  it.each([
    'app://vitrine/nothing.js',
    'app://vitrine/assets',
    'app://vitrine/assets/',
    'app://vitrine/secret',
    'app://vitrine/../outside.js',
    'app://vitrine/%2e%2e/outside.js',
    'app://vitrine/..%2foutside.js',
    'app://vitrine/..%5coutside.js',
    'app://vitrine/assets/..%2f..%2foutside.js',
    'app://vitrine//etc/passwd.js',
    'app://vitrine/%00.js',
    'app://vitrine/%ff.js',
    'app://vitrine/C:%5coutside.js',
    'app://vitrine/index.html::$DATA',
    'app://vitrine/.hidden.js',
    'app://vitrine/index.html/x.js',
    'app://elsewhere/index.html',
  ])('%s is not found', async (url) => {
    const response = await ask(url)
    expect(response.status).toBe(404)
    expect(await response.text()).toBe('')
  })

  it('never names a file outside of its folder', () => {
    for (const url of ['app://vitrine/..%2f..%2fx.js', 'app://vitrine/a/..%2f..%2f..%2fx.js', 'nonsense']) {
      expect(appFile(root, url)).toBeNull()
    }
  })

  it('only reads', async () => {
    expect((await ask('app://vitrine/', 'POST')).status).toBe(405)
    const head = await ask('app://vitrine/', 'HEAD')
    expect(head.headers.get('content-length')).toBe('12')
    expect(await head.text()).toBe('')
  })
})
