import { expect, it } from 'vitest'
import { diagnostics } from './diagnostics.ts'

it('diagnostics name versions and state, and neither the person nor a key', () => {
  const text = diagnostics({
    version: '1.2.3',
    versions: { electron: '33.0.0', chrome: '130', node: '20' },
    system: 'linux 6.1 x64',
    keychain: false,
    engine: { state: 'failed', code: 'io_error', message: 'No such disk', path: '/home/zoe/Pictures' },
    home: '/home/zoe',
    logLines: ['opened /home/zoe/Pictures/Vitrine', 'secretAccessKey: hunter2'],
  })
  expect(text).toContain('Vitrine 1.2.3')
  expect(text).toContain('Electron 33.0.0')
  expect(text).toContain('failed, io_error: No such disk')
  expect(text).toContain('opened ~/Pictures/Vitrine')
  expect(text).not.toMatch(/zoe|hunter2/)
})
