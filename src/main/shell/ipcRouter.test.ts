import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { VitrineError } from '../../shared/contract/errors.ts'
import { createRouter, type ShellHandlers } from './ipcRouter.ts'
import { type Log, openLog } from './log.ts'
import { pageOrigin } from './pageOrigin.ts'

const ASSET = '01890a5d-ac96-774b-bcce-b302099a8057'
const window = { sender: { id: 1 }, senderFrame: { url: 'app://vitrine/index.html', parent: null } }

let folder = ''
let log: Log
let asked: unknown[] = []
let engineAnswer: () => Promise<unknown>

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-router-'))
  log = openLog(folder)
  asked = []
  engineAnswer = async () => ({ count: 1, label: 'Kept 1 asset', activityId: 1, revision: 2 })
})
afterEach(() => {
  log.flush()
  rmSync(folder, { recursive: true })
})

const shell: Partial<ShellHandlers> = {
  'shell.engine': () => ({ state: 'no-library' }),
  'shell.copyText': ({ text }) => {
    asked.push(text)
  },
  'shell.diagnostics': () => {
    throw new Error('secret path /home/me')
  },
}
const ask = (event: Parameters<ReturnType<typeof createRouter>>[0], name: unknown, input?: unknown) =>
  createRouter({
    page: pageOrigin(undefined),
    isOurWindow: (id) => id === 1,
    engine: (engineName, input_) => {
      asked.push([engineName, input_])
      return engineAnswer()
    },
    shell: shell as ShellHandlers,
    log,
  })(event, name, input)
const refused = (code: string) => ({ ok: false, error: expect.objectContaining({ code }) })

describe('who asks', () => {
  it('our own main frame is answered', async () => {
    expect(await ask(window, 'shell.engine')).toEqual({ ok: true, value: { state: 'no-library' } })
  })

  it.each([
    ['a frame inside our page', { ...window, senderFrame: { url: 'app://vitrine/index.html', parent: {} } }],
    ['a srcdoc frame', { ...window, senderFrame: { url: 'about:srcdoc', parent: {} } }],
    ['another site in our window', { ...window, senderFrame: { url: 'https://example.com/', parent: null } }],
    ['a look-alike', { ...window, senderFrame: { url: 'app://vitrine.example.com/', parent: null } }],
    ['a local file', { ...window, senderFrame: { url: 'file:///vitrine/index.html', parent: null } }],
    ['a frame that is gone', { ...window, senderFrame: null }],
    ['a window that is not ours', { ...window, sender: { id: 2 } }],
  ])('%s is refused, and that is logged', async (_, event) => {
    expect(await ask(event, 'assets.keep', { assets: { ids: [ASSET] } })).toEqual(refused('forbidden_sender'))
    expect(asked).toEqual([])
    expect(log.tail(1)[0]).toMatch(/WARN +router: Refused assets.keep: forbidden_sender/)
  })
})

describe('what is asked', () => {
  it.each([
    'no.such',
    'remotes.key',
    '',
    'constructor',
    '__proto__',
    'toString',
    null,
    undefined,
    7,
    {},
    ['shell.engine'],
  ])('the name %j is refused, and that is logged', async (name) => {
    expect(await ask(window, name)).toEqual(refused('unknown_request'))
    expect(log.tail(1)[0]).toContain('unknown_request')
  })

  it('a very long name does not fill the log', async () => {
    expect(await ask(window, 'x'.repeat(100_000))).toEqual(refused('unknown_request'))
    expect(log.tail(1)[0]?.length).toBeLessThan(600)
  })

  it.each([
    ['assets.keep', undefined, ''],
    ['assets.keep', { assets: { ids: ['../../etc/passwd'] } }, 'assets.ids.0'],
    ['assets.query', { view: { kind: 'nowhere' } }, 'view.kind'],
    ['assets.cards', { rowIds: [0] }, 'rowIds.0'],
    ['collections.create', { name: ' ' }, 'name'],
    ['library.info', { surprise: true }, ''],
    ['shell.openExternal', { url: 5 }, 'url'],
  ])('%s with %j is refused and the field named', async (name, input, field) => {
    const answer = await ask(window, name, input)
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid_request', details: { request: name, field } } })
    expect(asked).toEqual([])
    expect(log.tail(1)[0]).toContain('invalid_request')
  })
})

describe('what is answered', () => {
  it('the engine gets the parsed input, with its defaults', async () => {
    engineAnswer = async () => ({
      revision: 1,
      total: 1,
      rowIds: new Int32Array([5]),
      aspects: new Float32Array([1.5]),
    })
    const answer = await ask(window, 'assets.query', { view: { kind: 'library' }, surprise: 1 })
    expect(answer).toMatchObject({ ok: true, value: { rowIds: new Int32Array([5]) } })
    expect(asked).toEqual([
      ['assets.query', { view: { kind: 'library' }, text: '', sort: { field: 'imported_at', direction: 'desc' } }],
    ])
  })

  it('the shell answers its own requests', async () => {
    expect(await ask(window, 'shell.copyText', { text: 'hello' })).toEqual({ ok: true, value: undefined })
    expect(asked).toEqual(['hello'])
  })

  it('a refusal of the engine keeps its code and details', async () => {
    engineAnswer = () => Promise.reject(new VitrineError('nothing_to_undo', 'Nothing to undo.', { a: 1 }))
    expect(await ask(window, 'history.undo')).toEqual({
      ok: false,
      error: { code: 'nothing_to_undo', message: 'Nothing to undo.', details: { a: 1 } },
    })
  })

  it('a defect becomes a message without its text, which is in the log', async () => {
    const answer = await ask(window, 'shell.diagnostics')
    expect(answer).toEqual(refused('internal'))
    expect(JSON.stringify(answer)).not.toContain('/home/me')
    expect(log.tail(50).join('\n')).toContain('secret path /home/me')
  })

  it('an answer that is not in the contract does not reach the page', async () => {
    engineAnswer = async () => ({ count: 'many' })
    expect(await ask(window, 'history.undo')).toEqual(refused('internal'))
    expect(log.tail(50).join('\n')).toContain('The answer to history.undo is not in the contract: count')
  })
})
